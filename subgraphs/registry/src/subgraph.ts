import { defineSubgraph } from '@buffrsign/kernel';
import { resolvers } from './__generated__/resolvers.ts';
import { typeDefs } from './__generated__/typeDefs.ts';
import { createDatabase } from './database.ts';
import * as events from './events.ts';
import { handlers } from './handlers/index.ts';
import * as loaders from './loaders.ts';

export const registry = defineSubgraph({
  name: 'registry',
  port: 8014,
  typeDefs,
  resolvers,
  database: createDatabase,
  loaders,
  publishes: Object.values(events),
  handlers,
});
