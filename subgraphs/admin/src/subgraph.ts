import { defineSubgraph } from '@buffrsign/kernel';
import { resolvers } from './__generated__/resolvers.ts';
import { typeDefs } from './__generated__/typeDefs.ts';
import { createDatabase } from './database.ts';
import * as events from './events.ts';
import { handlers } from './handlers/index.ts';
import * as loaders from './loaders.ts';
import { createServices } from './services.ts';

export const admin = defineSubgraph({
  name: 'admin',
  port: 8006,
  typeDefs,
  resolvers,
  database: createDatabase,
  loaders,
  services: createServices,
  publishes: Object.values(events),
  handlers,
});
