import type { QueryPlanSelectionNode } from '../federation/apollo.ts';
import { isData, readerOf, type Data } from './data.ts';

/**
 * Puts together the entities of which a subgraph would be told the same. `begin` is called with the first of each kind
 * and gives the list that the others of that kind are added to, or nothing where they are of no use.
 */
export type GroupEqual = (entities: readonly Data[], begin: (first: Data) => Data[] | undefined) => void;

/** Something of an entity that two of a kind have in common. */
type Part = (entity: Data) => unknown;

/** Texts carry their length, so that no value can pass for two. */
const textOfLeaf = (value: unknown): string => {
  if (typeof value === 'string') return `${value.length}:${value}`;
  return typeof value === 'object' && value !== null ? textOfLeaf(JSON.stringify(value)) : `${String(value)};`;
};

const textOf = (value: unknown, parts: readonly Part[]): string => {
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, parts)).join('')}]`;
  return isData(value) ? `{${parts.map((part) => textOfLeaf(part(value))).join('')}}` : textOfLeaf(value);
};

/** Which fragments apply depends on the type, also where no fragment asks for it. */
const namesOf = (selections: readonly QueryPlanSelectionNode[]): Map<string, Part> => {
  const parts = new Map<string, Part>();
  if (selections.some(({ kind }) => kind === 'InlineFragment')) parts.set('__typename', readerOf('__typename'));
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      for (const [name, part] of namesOf(selection.selections ?? [])) parts.set(name, part);
      continue;
    }
    const name = selection.alias ?? selection.name;
    const read = readerOf(name);
    const inner = selection.selections && [...namesOf(selection.selections).values()];
    // The same name with other selections in another fragment is another part.
    parts.set(inner ? `${name} ${JSON.stringify(selection.selections)}` : name, inner ? (entity) => textOf(read(entity), inner) : read);
  }
  return parts;
};

/** Equal objects, which scalars of our own can be, as one. */
const createIntern = (): ((value: object) => unknown) => {
  let known: Map<string, unknown> | undefined;
  return (value) => {
    known ??= new Map();
    const text = JSON.stringify(value);
    if (!known.has(text)) known.set(text, value);
    return known.get(text);
  };
};

type Level = Map<unknown, unknown>;

const below = (level: Level, value: unknown): Level => {
  const known = level.get(value) as Level | undefined;
  if (known) return known;
  const made: Level = new Map();
  level.set(value, made);
  return made;
};

/** By maps inside of maps, a level for each part: to make one key of all parts would cost more than to look them up. */
export const compileGroupEqual = (selections: readonly QueryPlanSelectionNode[]): GroupEqual => {
  const outer = [...namesOf(selections).values()];
  const last = outer.pop() ?? readerOf('__typename');
  return (entities, begin) => {
    const top: Level = new Map();
    const intern = createIntern();
    const keyOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? intern(value) : value);
    for (const entity of entities) {
      let level = top;
      for (const part of outer) level = below(level, keyOf(part(entity)));
      const value = keyOf(last(entity));
      const group = level.get(value) as Data[] | undefined;
      if (group) group.push(entity);
      else if (!level.has(value)) level.set(value, begin(entity));
    }
  };
};
