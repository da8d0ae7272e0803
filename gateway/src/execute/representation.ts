import type { QueryPlanSelectionNode } from '../federation/apollo.ts';
import { isData, merge, readerOf, write, type Data } from './data.ts';
import type { MatchingTypes } from './types.ts';

/** What a subgraph is told of an entity: its type, its key, what its fields require. Nothing when some of it is missing. */
export type Represent = (entity: Data) => Data | undefined;

type Part = (entity: Data, into: Data) => boolean;

/** A value as it is, or the chosen part of each object in it. */
const choose = (value: unknown, inner: Represent | undefined): unknown => {
  if (Array.isArray(value)) return value.map((item) => choose(item, inner));
  if (!inner) return value;
  return isData(value) ? (inner(value) ?? null) : null;
};

const compileField = (name: string, inner: Represent | undefined): Part => {
  const read = readerOf(name);
  return (entity, into) => {
    const value = read(entity);
    // What is not there could not be fetched, and that was said when it could not.
    if (value === undefined) return false;
    write(into, name, inner || typeof value === 'object' ? choose(value, inner) : value);
    return true;
  };
};

const compileFragment = (matching: ReadonlySet<string>, inner: Represent): Part => (entity, into) => {
  if (!matching.has(String(entity['__typename']))) return true;
  const chosen = inner(entity);
  if (chosen) merge(into, chosen);
  return true;
};

export const compileRepresent = (selections: readonly QueryPlanSelectionNode[], types: MatchingTypes): Represent => {
  const parts = selections.flatMap((selection): Part[] => {
    const inner = selection.selections && compileRepresent(selection.selections, types);
    if (selection.kind === 'Field') return [compileField(selection.alias ?? selection.name, inner)];
    return selection.typeCondition && inner ? [compileFragment(types(selection.typeCondition), inner)] : [];
  });
  return (entity) => {
    const chosen: Data = {};
    for (const part of parts) if (!part(entity, chosen)) return undefined;
    return chosen;
  };
};
