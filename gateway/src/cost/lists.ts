import { getNullableType, isListType, type ArgumentNode, type GraphQLArgument, type GraphQLField, type GraphQLOutputType } from 'graphql';
import type { ListSize } from './directives.ts';
import { product, type Price, type Pricing } from './price.ts';

type Field = GraphQLField<unknown, unknown>;

const listsIn = (type: GraphQLOutputType): number => {
  const nullable = getNullableType(type);
  return isListType(nullable) ? 1 + listsIn(nullable.ofType) : 0;
};

/** What an argument gives: a number, one that a variable gives, or nothing. A null is as if it were left out. */
const sizeGiven = (argument: GraphQLArgument | undefined, node: ArgumentNode | undefined): number | ((pricing: Pricing) => number | undefined) | undefined => {
  const byDefault = typeof argument?.defaultValue === 'number' ? argument.defaultValue : undefined;
  if (node?.value.kind === 'IntValue') return Number(node.value.value);
  if (node?.value.kind !== 'Variable') return byDefault;
  const { value } = node.value.name;
  return ({ variables }) => (typeof variables[value] === 'number' ? variables[value] : byDefault);
};

type Size = ReturnType<typeof sizeGiven>;

const knownOf = (sizes: readonly Size[], pricing: Pricing): number[] => sizes.map((size) => (typeof size === 'function' ? size(pricing) : size)).filter((size) => size !== undefined);

const isFixed = (sizes: readonly Size[]): sizes is readonly (number | undefined)[] => sizes.every((size) => typeof size !== 'function');

/** How many items the lists have that a `@listSize` speaks of; nothing where it does not say. Several arguments count as the largest of them. */
export const sizeOf = (field: Field, where: string, given: readonly ArgumentNode[], { assumed, slicing, requiresOne }: ListSize, listSize: number): Price | undefined => {
  if (slicing.length === 0) return assumed;
  const sizes = slicing.map((name) => sizeGiven(field.args.find((one) => one.name === name), given.find((one) => one.name.value === name)));
  const fault = `${where} needs exactly one of its arguments ${slicing.join(', ')}.`;
  const size: Exclude<Price, number> = (pricing) => {
    const known = knownOf(sizes, pricing);
    if (requiresOne && known.length !== 1) pricing.faults.add(fault);
    return known.length > 0 ? Math.max(0, ...known) : (assumed ?? listSize);
  };
  const isSound = isFixed(sizes) && (!requiresOne || sizes.filter((one) => one !== undefined).length === 1);
  return isSound ? size({ variables: {}, faults: new Set() }) : size;
};

/** How often what a field returns is there. Of lists in lists, only the outer one is sized by a directive. */
export const timesOf = (type: GraphQLOutputType, outer: Price | undefined, listSize: number): Price => {
  const lists = listsIn(type);
  return lists === 0 ? 1 : product(outer ?? listSize, listSize ** (lists - 1));
};
