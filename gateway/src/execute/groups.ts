import { functionOf } from '@buffrsign/kernel/gateway';
import type { QueryPlanSelectionNode } from '../federation/apollo.ts';
import { isData, readerOf, readOwn, type Data } from './data.ts';
import { readText } from './source-text.ts';

/**
 * Puts together the entities of which a subgraph would be told the same. `begin` is called with the first of each kind
 * and gives the list that the others of that kind are added to, or nothing where they are of no use.
 */
export type GroupEqual = (entities: readonly Data[], begin: (first: Data) => Data[] | undefined) => void;

/** Something of an entity that two of a kind have in common. */
interface Part {
  readonly read: (entity: Data) => unknown;
  /** The field that it is, if it is no more than that. */
  readonly field?: string;
}

/** Texts carry their length, so that no value can pass for two. */
const textOfLeaf = (value: unknown): string => {
  if (typeof value === 'string') return `${value.length}:${value}`;
  return typeof value === 'object' && value !== null ? textOfLeaf(JSON.stringify(value)) : `${String(value)};`;
};

const textOf = (value: unknown, parts: readonly Part[]): string => {
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, parts)).join('')}]`;
  return isData(value) ? `{${parts.map(({ read }) => textOfLeaf(read(value))).join('')}}` : textOfLeaf(value);
};

const fieldPart = (name: string): Part => ({ read: readerOf(name), field: name });

/** Which fragments apply depends on the type, also where no fragment asks for it. */
const namesOf = (selections: readonly QueryPlanSelectionNode[]): Map<string, Part> => {
  const parts = new Map<string, Part>();
  if (selections.some(({ kind }) => kind === 'InlineFragment')) parts.set('__typename', fieldPart('__typename'));
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      for (const [name, part] of namesOf(selection.selections ?? [])) parts.set(name, part);
      continue;
    }
    const name = selection.alias ?? selection.name;
    const inner = selection.selections && [...namesOf(selection.selections).values()];
    // The same name with other selections in another fragment is another part.
    if (inner) parts.set(`${name} ${JSON.stringify(selection.selections)}`, { read: (entity) => textOf(readerOf(name)(entity), inner) });
    else parts.set(name, fieldPart(name));
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

const partText = ({ field }: Part, index: number): string => `keyOf(${field === undefined ? `parts[${index}].read(entity)` : readText('entity', field)})`;

/** The first part is the type nearly always, and the same as that of the entity before. */
const levelText = (part: Part, index: number): string =>
  index === 0
    ? `const key = ${partText(part, 0)};
      if (key !== first || !firstLevel) firstLevel = below(top, (first = key));
      level = firstLevel;`
    : `level = below(level, ${partText(part, index)});`;

/** By maps inside of maps, a level for each part: to make one key of all parts would cost more than to look them up. */
export const compileGroupEqual = (selections: readonly QueryPlanSelectionNode[]): GroupEqual => {
  const named = [...namesOf(selections).values()];
  const parts = named.length > 0 ? named : [fieldPart('__typename')];
  const last = parts.length - 1;
  return functionOf(
    `
    return (entities, begin) => {
      const top = new Map();
      const intern = createIntern();
      const keyOf = (value) => (typeof value === 'object' && value !== null ? intern(value) : value);
      let first;
      let firstLevel;
      for (const entity of entities) {
        let level = top;
        ${parts.slice(0, last).map(levelText).join('\n')}
        const own = ${partText(parts[last]!, last)};
        const group = level.get(own);
        if (group) group.push(entity);
        else if (group === undefined) level.set(own, begin(entity) ?? null);
      }
    };`,
    { parts, below, createIntern, readOwn },
  );
};
