import { defineSubgraph, sendJson } from '@buffrsign/kernel';
import { resolvers } from './__generated__/resolvers.ts';
import { typeDefs } from './__generated__/typeDefs.ts';
import { createDatabase } from './database.ts';
import { env } from './env.ts';
import * as events from './events.ts';
import { handlers } from './handlers/index.ts';
import * as loaders from './loaders.ts';
import { createServices } from './services.ts';
import { crons, tasks } from './tasks/index.ts';

export const compliance = defineSubgraph({
  name: 'compliance',
  port: 8009,
  typeDefs,
  resolvers,
  database: createDatabase,
  loaders,
  publishes: Object.values(events),
  handlers,
  env,
  services: createServices,
  parts: ({ parts }) => parts,
  tasks,
  crons,
  routes: ({ services }) => [
    { method: 'GET', path: '/.well-known/audit-log-keys.json', handle: async (_request, response) => sendJson(response, 200, { keys: await services.logKeys.published() }) },
  ],
});
