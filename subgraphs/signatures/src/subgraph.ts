import { defineSubgraph, sendJson } from '@buffrsign/kernel';
import { resolvers } from './__generated__/resolvers.ts';
import { typeDefs } from './__generated__/typeDefs.ts';
import { createDatabase } from './database.ts';
import { env } from './env.ts';
import * as events from './events.ts';
import { handlers } from './handlers/index.ts';
import * as loaders from './loaders.ts';
import { createParts, createServices } from './services.ts';
import { expireEnvelopesTask, sweepSealingsTask } from './tasks/definitions.ts';
import { expireEnvelopesJob } from './tasks/expire-envelopes.ts';
import { sealEnvelopeJob } from './tasks/seal-envelope.ts';
import { sweepSealingsJob } from './tasks/sweep-sealings.ts';
import { verificationRoute } from './verification/route.ts';

export const signatures = defineSubgraph({
  name: 'signatures',
  port: 8003,
  typeDefs,
  resolvers,
  database: createDatabase,
  loaders,
  publishes: Object.values(events),
  handlers,
  env,
  services: createServices,
  parts: createParts,
  tasks: [sealEnvelopeJob, expireEnvelopesJob, sweepSealingsJob],
  crons: [
    { task: expireEnvelopesTask.name, match: '* * * * *' },
    { task: sweepSealingsTask.name, match: '* * * * *' },
  ],
  routes: ({ services }) => [
    { method: 'GET', path: '/.well-known/jwks.json', handle: async (_request, response) => sendJson(response, 200, await services.tokens.jwks()) },
    verificationRoute(services.verification.uploads, services.verification.limits),
  ],
});
