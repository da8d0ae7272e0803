import { type FieldNode, type FragmentDefinitionNode, type GraphQLCompositeType, type GraphQLSchema, type SelectionNode, type SelectionSetNode } from 'graphql';
import { areMet, conditionsOf } from '../authorize/conditions.ts';
import type { MatchingTypes } from './types.ts';

/** What selections are read with: the schema, the named fragments, and what the conditions are decided by. */
export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly types: MatchingTypes;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly coerced: Readonly<Record<string, unknown>>;
}

const applies = (condition: string | undefined, type: GraphQLCompositeType, { types }: Selecting): boolean => condition === undefined || types(condition).has(type.name);

/** The fields that selections ask of an object of one type, by response name and in the order of the specification. */
export const selectFields = (sets: readonly SelectionSetNode[], type: GraphQLCompositeType, selecting: Selecting): ReadonlyMap<string, readonly FieldNode[]> => {
  const fields = new Map<string, FieldNode[]>();
  const passed = new Set<string>();

  const select = (node: SelectionNode): void => {
    if (!areMet(conditionsOf(node), selecting.coerced)) return;
    if (node.kind === 'Field') {
      const name = (node.alias ?? node.name).value;
      const nodes = fields.get(name);
      if (nodes) nodes.push(node);
      else fields.set(name, [node]);
    } else if (node.kind === 'InlineFragment') {
      if (applies(node.typeCondition?.name.value, type, selecting)) node.selectionSet.selections.forEach(select);
    } else if (!passed.has(node.name.value)) {
      passed.add(node.name.value);
      const fragment = selecting.fragments[node.name.value];
      if (fragment && applies(fragment.typeCondition.name.value, type, selecting)) fragment.selectionSet.selections.forEach(select);
    }
  };

  for (const set of sets) set.selections.forEach(select);
  return fields;
};

