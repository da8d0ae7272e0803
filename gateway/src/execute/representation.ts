import { functionOf, recordText } from '@buffrsign/kernel/gateway';
import type { QueryPlanFieldNode, QueryPlanInlineFragmentNode, QueryPlanSelectionNode } from '../federation/apollo.ts';
import { isData, merge, readOwn, type Data } from './data.ts';
import { readText } from './source-text.ts';
import type { MatchingTypes } from './types.ts';

/** What a subgraph is told of an entity: its type, its key, what its fields require. Nothing when some of it is missing. */
export type Represent = (entity: Data) => Data | undefined;

/** A value as it is, or the chosen part of each object in it. */
const choose = (value: unknown, inner: Represent | undefined): unknown => {
  if (Array.isArray(value)) return value.map((item) => choose(item, inner));
  if (!inner) return value;
  return isData(value) ? (inner(value) ?? null) : null;
};

/** What is not there could not be fetched, and that was said when it could not: then there is nothing to tell. */
const fieldText = (name: string, index: number): string => `
  let value${index} = ${readText('entity', name)};
  if (value${index} === undefined) return undefined;
  if (inner${index} || typeof value${index} === 'object') value${index} = choose(value${index}, inner${index});`;

const compileFields = (selections: readonly QueryPlanFieldNode[], types: MatchingTypes): Represent => {
  const names = selections.map(({ name, alias = name }) => alias);
  const inners = selections.map(({ selections: within }) => within && compileRepresent(within, types));
  return functionOf(
    `
    ${names.map((_, index) => `const inner${index} = inners[${index}];`).join('\n')}
    return (entity) => {
      ${names.map(fieldText).join('')}
      return ${recordText(names.map((name, index) => [name, `value${index}`]))};
    };`,
    { inners, choose, readOwn },
  );
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
