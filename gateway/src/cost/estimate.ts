import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { areMet, conditionsOf } from '../authorize/conditions.ts';
import type { OperationContext } from '../operation-context.ts';
import type { CostDirectives, ListSize } from './directives.ts';
import { createInputPrices } from './inputs.ts';
import { sizeOf, timesOf } from './lists.ts';
import { amount, atLeastNothing, product, sum, type Price } from './price.ts';

/** What carrying out an operation is estimated to cost. */
export interface Estimate {
  readonly cost: number;
  /** What is wrong with the arguments that say how long lists are, in words. */
  readonly faults: readonly string[];
}

/** The cost of one operation by its variables. */
export type EstimateCost = (variables: Readonly<Record<string, unknown>>) => Estimate;

/** Sizes that the field around says some of its fields have. */
type Sized = { readonly fields: ReadonlySet<string>; readonly size: Price | undefined } | undefined;

const MUTATION = 10;
const COMPOSITE = 1;

const largest = (weights: readonly (number | undefined)[]): number | undefined => {
  const known = weights.filter((weight) => weight !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
};

/**
 * Prices operations over a supergraph by `@cost` and `@listSize` (IBM's GraphQL Cost Directives as Apollo composes them):
 * an object costs 1, a scalar or enum nothing, a mutation 10 of its own, and what is in a list as often as it has items.
 */
export const createEstimates = (schema: GraphQLSchema, directives: CostDirectives, listSize: number): ((context: OperationContext) => EstimateCost) => {
  const { weightOf, listSizeOf } = directives;
  const ofArguments = createInputPrices(directives);

  /** A type, and all that an object of it can be: what is known of any of them may come true. */
  const ownersOf = (type: GraphQLNamedType): readonly GraphQLNamedType[] => (isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type]);

  const definitionsOf = (parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown>[] =>
    ownersOf(parent).flatMap((owner) => (isObjectType(owner) || isInterfaceType(owner) ? (owner.getFields()[name] ?? []) : []));

  const weightOfField = (definitions: readonly GraphQLField<unknown, unknown>[], returns: GraphQLNamedType): number =>
    largest(definitions.map(({ astNode }) => weightOf(astNode))) ?? largest(ownersOf(returns).map(({ astNode }) => weightOf(astNode))) ?? (isCompositeType(returns) ? COMPOSITE : 0);

  const compile = ({ operation, fragments }: OperationContext): Price => {
    const ofSet = (set: SelectionSetNode, parent: GraphQLCompositeType, sized: Sized): Price => sum(set.selections.map((node) => ofNode(node, parent, sized)));

    const ofField = (node: FieldNode, parent: GraphQLCompositeType, sized: Sized): Price => {
      const definitions = definitionsOf(parent, node.name.value);
      const [definition] = definitions;
      // What starts with two underscores is answered here, out of the schema.
      if (!definition) return 0;
      const [returns, given] = [getNamedType(definition.type), node.arguments ?? []];
      const said: ListSize | undefined = definitions.map(({ astNode }) => listSizeOf(astNode)).find((one) => one !== undefined);
      const size = said && sizeOf(definition, `${parent.name}.${node.name.value}`, given, said, listSize);
      const times = timesOf(definition.type, (sized?.fields.has(node.name.value) ? sized.size : undefined) ?? size, listSize);
      const inner = node.selectionSet && isCompositeType(returns) ? ofSet(node.selectionSet, returns, said && { fields: said.sized, size }) : 0;
      return atLeastNothing(sum([product(times, sum([weightOfField(definitions, returns), inner])), ofArguments(given, definition.args)]));
    };

    const ofFragment = (set: SelectionSetNode, condition: string | undefined, parent: GraphQLCompositeType, sized: Sized): Price => {
      const type = condition === undefined ? parent : schema.getType(condition);
      return ofSet(set, isCompositeType(type) ? type : parent, sized);
    };

    const ofSelected = (node: SelectionNode, parent: GraphQLCompositeType, sized: Sized): Price => {
      if (node.kind === 'Field') return ofField(node, parent, sized);
      if (node.kind === 'InlineFragment') return ofFragment(node.selectionSet, node.typeCondition?.name.value, parent, sized);
      const fragment = fragments[node.name.value];
      return fragment ? ofFragment(fragment.selectionSet, fragment.typeCondition.name.value, parent, sized) : 0;
    };

    const ofNode = (node: SelectionNode, parent: GraphQLCompositeType, sized: Sized): Price => {
      const conditions = conditionsOf(node);
      const price = ofSelected(node, parent, sized);
      return conditions.length === 0 ? price : (pricing) => (areMet(conditions, pricing.variables) ? amount(price, pricing) : 0);
    };

    const root = schema.getRootType(operation.operation);
    return root ? sum([operation.operation === 'mutation' ? MUTATION : 0, ofSet(operation.selectionSet, root, undefined)]) : 0;
  };

  return (context) => {
    const price = compile(context);
    return (variables) => {
      const faults = new Set<string>();
      // Sizes multiply: what is larger than a number can hold exactly is too dear in any case.
      return { cost: Math.min(amount(price, { variables, faults }), Number.MAX_SAFE_INTEGER), faults: [...faults] };
    };
  };
};
