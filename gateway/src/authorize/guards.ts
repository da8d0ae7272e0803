import type { Demand } from '@buffrsign/kernel/gateway';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isUnionType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { conditionsOf, type Condition } from './conditions.ts';
import type { DemandsAt } from './demands-of-schema.ts';

/** A field of an operation that not everybody may have. */
export interface Guard {
  /** Where its value would be in the answer; `@` stands for each item of a list. */
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
  readonly demands: readonly Demand[];
  /** The nearest guarded field around it. */
  readonly within: Guard | undefined;
}

/** An operation with its named fragments written out, so that every field stands at one place only. */
export interface GuardedOperation {
  readonly operation: OperationDefinitionNode;
  readonly guards: readonly Guard[];
  readonly guardOf: ReadonlyMap<SelectionNode, Guard>;
}

interface Place {
  readonly parent: GraphQLCompositeType;
  readonly possible: ReadonlySet<GraphQLObjectType>;
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
  readonly within: Guard | undefined;
}

const listSteps = (type: GraphQLOutputType): string[] => {
  if (isNonNullType(type)) return listSteps(type.ofType);
  return isListType(type) ? ['@', ...listSteps(type.ofType)] : [];
};

const fieldOf = (parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined => {
  const meta = [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].find((field) => field.name === name);
  return meta ?? (isUnionType(parent) ? undefined : parent.getFields()[name]);
};

/** Finds every guarded field of a validated operation. */
export const guard = (schema: GraphQLSchema, demandsAt: DemandsAt, operation: OperationDefinitionNode, fragments: Readonly<Record<string, FragmentDefinitionNode>>): GuardedOperation => {
  const guards: Guard[] = [];
  const guardOf = new Map<SelectionNode, Guard>();

  const possibleOf = (type: GraphQLCompositeType): ReadonlySet<GraphQLObjectType> => new Set(isAbstractType(type) ? schema.getPossibleTypes(type) : [type]);

  const guardField = (node: FieldNode, place: Place): FieldNode => {
    const definition = fieldOf(place.parent, node.name.value);
    if (!definition) return node;
    const returns = getNamedType(definition.type);
    const path = [...place.path, (node.alias ?? node.name).value];
    const conditions = [...place.conditions, ...conditionsOf(node)];
    // What starts with two underscores tells of the schema, not of anybody's data.
    const demands = node.name.value.startsWith('__') ? [] : demandsAt({ ...place, field: node.name.value, returns });
    const own: Guard | undefined = demands.length > 0 ? { path, conditions, demands, within: place.within } : undefined;
    if (own) guards.push(own);
    const inner = { path: [...path, ...listSteps(definition.type)], conditions, within: own ?? place.within };
    const within = isCompositeType(returns) ? { ...inner, parent: returns, possible: possibleOf(returns) } : undefined;
    const copy = node.selectionSet && within ? { ...node, selectionSet: { ...node.selectionSet, selections: guardAll(node.selectionSet.selections, within) } } : { ...node };
    if (own) guardOf.set(copy, own);
    return copy;
  };

  const guardFragment = (node: InlineFragmentNode, place: Place): InlineFragmentNode => {
    const named = node.typeCondition && schema.getType(node.typeCondition.name.value);
    const parent = isCompositeType(named) ? named : place.parent;
    const within = possibleOf(parent);
    const narrowed = { ...place, parent, possible: new Set([...place.possible].filter((type) => within.has(type))), conditions: [...place.conditions, ...conditionsOf(node)] };
    return { ...node, selectionSet: { ...node.selectionSet, selections: guardAll(node.selectionSet.selections, narrowed) } };
  };

  const guardAll = (selections: readonly SelectionNode[], place: Place): SelectionNode[] =>
    selections.flatMap((node) => {
      if (node.kind === 'Field') return guardField(node, place);
      if (node.kind === 'InlineFragment') return guardFragment(node, place);
      const fragment = fragments[node.name.value];
      const { typeCondition, selectionSet } = fragment ?? {};
      return typeCondition && selectionSet ? guardFragment({ kind: 'InlineFragment' as InlineFragmentNode['kind'], typeCondition, selectionSet, ...(node.directives && { directives: node.directives }) }, place) : [];
    });

  const root = schema.getRootType(operation.operation);
  if (!isObjectType(root)) return { operation, guards, guardOf };
  const selections = guardAll(operation.selectionSet.selections, { parent: root, possible: new Set([root]), path: [], conditions: [], within: undefined });
  return { operation: { ...operation, selectionSet: { ...operation.selectionSet, selections } }, guards, guardOf };
};
