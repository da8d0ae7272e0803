import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchemaModule } from '@apollo/subgraph/dist/resolvers.js';
import { isScalarType, type DocumentNode, type GraphQLSchema } from 'graphql';
import { enforceDemands } from '../auth/enforce-demands.ts';
import { assertEntities } from './assert-entities.ts';

/**
 * Makes scalars give what they would be on the wire (a date as text), so that a gateway in the same process gets the
 * very values that one across a network gets.
 */
const serializeAsOnTheWire = (schema: GraphQLSchema): void => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isScalarType(type)) continue;
    const serialize = type.serialize.bind(type);
    type.serialize = (value) => {
      const result: unknown = serialize(value);
      return typeof result === 'object' && result !== null && 'toJSON' in result ? (result as { toJSON(): unknown }).toJSON() : result;
    };
  }
};

/** A subgraph's schema, ready to run: every entity answers references, every field guards itself. */
export const buildSchema = (name: string, typeDefs: DocumentNode, resolvers: object): GraphQLSchema => {
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as NonNullable<GraphQLSchemaModule['resolvers']> }]);
  serializeAsOnTheWire(schema);
  assertEntities(name, schema);
  return enforceDemands(name, schema);
};
