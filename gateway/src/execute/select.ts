import { collectFields } from '@buffrsign/kernel/gateway';
import type { FieldNode, FragmentDefinitionNode, GraphQLCompositeType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { areMet, conditionsOf } from '../authorize/conditions.ts';
import type { MatchingTypes } from './types.ts';

/** What selections are read with: the schema, the named fragments, and what the conditions are decided by. */
export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly types: MatchingTypes;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly coerced: Readonly<Record<string, unknown>>;
  /** What a field goes by in the data, where it stands beside what clients did not ask for. */
  readonly nameOf: (node: FieldNode) => string;
  /** Fields that are null whatever came for them. */
  readonly refused: ReadonlySet<FieldNode>;
}

/** The fields that selections ask of an object of one type, which may be an interface where nobody knows more. */
export const selectFields = (sets: readonly SelectionSetNode[], type: GraphQLCompositeType, { types, fragments, coerced }: Omit<Selecting, 'refused' | 'nameOf'>): ReadonlyMap<string, readonly FieldNode[]> =>
  collectFields(sets, { fragments, isAskedFor: (node) => areMet(conditionsOf(node), coerced), applies: (condition) => types(condition).has(type.name) });
