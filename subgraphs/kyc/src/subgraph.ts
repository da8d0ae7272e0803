import { defineSubgraph } from '@buffrsign/kernel';
import { resolvers } from './__generated__/resolvers.ts';
import { typeDefs } from './__generated__/typeDefs.ts';
import { createDatabase } from './database.ts';
import * as events from './events.ts';
import { handlers } from './handlers/index.ts';
import * as loaders from './loaders.ts';
import { createServices } from './services.ts';
import { tasks } from './tasks/index.ts';

export const kyc = defineSubgraph({
  name: 'kyc',
  port: 8012,
  typeDefs,
  resolvers,
  database: createDatabase,
  loaders,
  publishes: Object.values(events),
  handlers,
  tasks,
  services: createServices,
});
