import { getNullableType, GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString, type GraphQLOutputType } from 'graphql';

/** Whether a value can be answered as it stands: graphql would make the same of it. */
export type IsPlain = (value: unknown) => boolean;

const MOST = 2 ** 31 - 1;
const LEAST = -(2 ** 31);
const isText: IsPlain = (value) => typeof value === 'string';

const plain = new Map<unknown, IsPlain>([
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLFloat, (value) => typeof value === 'number' && Number.isFinite(value)],
  [GraphQLID, isText],
  [GraphQLInt, (value) => typeof value === 'number' && Number.isInteger(value) && value <= MOST && value >= LEAST],
  [GraphQLString, isText],
]);

/** For fields of graphql's own scalars; nothing for those whose values always have something done to them. */
export const plainLeafOf = (type: GraphQLOutputType): IsPlain | undefined => plain.get(getNullableType(type));
