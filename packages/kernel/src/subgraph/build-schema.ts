import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchemaModule } from '@apollo/subgraph/dist/resolvers.js';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { enforceDemands } from '../auth/enforce-demands.ts';
import { assertEntities } from './assert-entities.ts';

/** A subgraph's schema, ready to run: every entity answers references, every field guards itself. */
export const buildSchema = (name: string, typeDefs: DocumentNode, resolvers: object): GraphQLSchema => {
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as NonNullable<GraphQLSchemaModule['resolvers']> }]);
  assertEntities(name, schema);
  return enforceDemands(name, schema);
};
