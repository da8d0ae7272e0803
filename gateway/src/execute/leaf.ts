import { isEnumType, isSpecifiedScalarType, type GraphQLLeafType } from 'graphql';

/** Whether a value from a subgraph is one of the type that clients were told of. */
export type IsValid = (value: unknown) => boolean;

const isWhole: IsValid = (value) => Number.isInteger(value);
const isText: IsValid = (value) => typeof value === 'string';

const scalars: Readonly<Record<string, IsValid>> = {
  Boolean: (value) => typeof value === 'boolean',
  Float: Number.isFinite,
  Int: isWhole,
  String: isText,
  ID: (value) => isText(value) || isWhole(value),
};

/**
 * Enums are checked against what clients may see of them: a subgraph may know values that the graph keeps to itself.
 * Scalars of our own can be anything.
 */
export const validityOf = (type: GraphQLLeafType): IsValid => {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  return (isSpecifiedScalarType(type) && scalars[type.name]) || (() => true);
};
