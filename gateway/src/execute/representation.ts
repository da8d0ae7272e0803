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

/** A text that is the same for entities with the same representation: cheaper than to write the representation itself. */
export type KeyOf = (entity: Data) => string;

/** Texts carry their length, so that no value can pass for two. */
const keyOfLeaf = (value: unknown): string => {
  if (typeof value === 'string') return `${value.length}:${value}`;
  return typeof value === 'object' && value !== null ? keyOfLeaf(JSON.stringify(value)) : `${String(value)};`;
};

const keyOfInner = (value: unknown, inner: KeyOf): string => {
  if (Array.isArray(value)) return `[${value.map((item) => keyOfInner(item, inner)).join('')}]`;
  return isData(value) ? `{${inner(value)}}` : keyOfLeaf(value);
};

export const compileKey = (selections: readonly QueryPlanSelectionNode[]): KeyOf => {
  const parts = selections.map((selection): KeyOf => {
    const inner = selection.selections && compileKey(selection.selections);
    if (selection.kind === 'InlineFragment') return inner!;
    const read = readerOf(selection.alias ?? selection.name);
    return inner ? (entity) => keyOfInner(read(entity), inner) : (entity) => keyOfLeaf(read(entity));
  });
  const [only] = parts;
  const all: KeyOf = parts.length === 1 && only ? only : (entity) => parts.reduce((key, part) => key + part(entity), '');
  // Which fragments apply depends on the type, also where no fragment asks for it.
  return selections.some(({ kind }) => kind === 'InlineFragment') ? (entity) => keyOfLeaf(entity['__typename']) + all(entity) : all;
};
