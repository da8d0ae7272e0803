import { compileRecord } from '@buffrsign/kernel/gateway';
import type { QueryPlanFieldNode, QueryPlanInlineFragmentNode, QueryPlanSelectionNode } from '../federation/apollo.ts';
import { isData, merge, readerOf, type Data } from './data.ts';
import type { MatchingTypes } from './types.ts';

/** What a subgraph is told of an entity: its type, its key, what its fields require. Nothing when some of it is missing. */
export type Represent = (entity: Data) => Data | undefined;

/** A value as it is, or the chosen part of each object in it. */
const choose = (value: unknown, inner: Represent | undefined): unknown => {
  if (Array.isArray(value)) return value.map((item) => choose(item, inner));
  if (!inner) return value;
  return isData(value) ? (inner(value) ?? null) : null;
};

const compileFields = (selections: readonly QueryPlanFieldNode[], types: MatchingTypes): Represent => {
  const fields = selections.map(({ name, alias = name, selections: within }) => ({ name: alias, read: readerOf(alias), inner: within && compileRepresent(within, types) }));
  const make = compileRecord(fields.map(({ name }) => name));
  return (entity) => {
    const values = new Array<unknown>(fields.length);
    for (let index = 0; index < fields.length; index += 1) {
      const { read, inner } = fields[index]!;
      const value = read(entity);
      // What is not there could not be fetched, and that was said when it could not.
      if (value === undefined) return undefined;
      values[index] = inner || typeof value === 'object' ? choose(value, inner) : value;
    }
    return make(values);
  };
};

const compileFragment = ({ typeCondition, selections }: QueryPlanInlineFragmentNode, types: MatchingTypes): Represent => {
  if (!typeCondition) return () => ({});
  const [matching, inner] = [types(typeCondition), compileRepresent(selections, types)];
  return (entity) => (matching.has(String(entity['__typename'])) ? (inner(entity) ?? {}) : {});
};

const isField = (selection: QueryPlanSelectionNode): selection is QueryPlanFieldNode => selection.kind === 'Field';

export const compileRepresent = (selections: readonly QueryPlanSelectionNode[], types: MatchingTypes): Represent => {
  const fields = selections.filter(isField);
  const parts = [...(fields.length > 0 ? [compileFields(fields, types)] : []), ...selections.flatMap((selection) => (isField(selection) ? [] : [compileFragment(selection, types)]))];
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return (entity) => {
    const chosen: Data = {};
    for (const part of parts) {
      const partly = part(entity);
      if (!partly) return undefined;
      merge(chosen, partly);
    }
    return chosen;
  };
};
