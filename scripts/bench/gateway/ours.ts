import { startGateway } from '@buffrsign/gateway';
import { createLogger } from '@buffrsign/kernel/gateway';
import { createLocalTransport } from '@buffrsign/kernel/platform';
import { readFileSync } from 'node:fs';
import { ACTOR_TOKEN_SECRET } from './secret.ts';
import { shopSchema, shopSubgraphs } from './shop.ts';

/** This gateway as a process: `ours.ts SUPERGRAPH [in-process]`. */
const [, , path = '', mode] = process.argv;
const log = createLogger('gateway', 'error');
const transports = mode === 'in-process' ? Object.fromEntries(shopSubgraphs.map((name) => [name, createLocalTransport({ schema: shopSchema(name), contextOf: () => ({}), log })])) : {};
const gateway = await startGateway({
  supergraphSdl: readFileSync(path, 'utf8'),
  transports,
  issuers: [{ issuer: 'bench', kind: 'user', jwksUrl: 'http://127.0.0.1:9/none' }],
  actorTokenSecret: ACTOR_TOKEN_SECRET,
  port: 0,
  log,
  introspection: 'none',
});
process.send?.({ url: gateway.url.replace('localhost', '127.0.0.1') });
process.on('disconnect', () => process.exit(0));
