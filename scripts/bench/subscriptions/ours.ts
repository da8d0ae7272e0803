import { startGateway } from '@buffrsign/gateway';
import { createLogger } from '@buffrsign/kernel/gateway';
import { readFileSync } from 'node:fs';

/** This gateway as a process: `ours.ts SUPERGRAPH KEY-SET-URL`. */
const [, , path = '', jwksUrl = ''] = process.argv;
const gateway = await startGateway({
  supergraphSdl: readFileSync(path, 'utf8'),
  issuers: [{ issuer: 'bench', kind: 'user', jwksUrl }],
  actorTokenSecret: 'a secret for measuring only, long enough',
  port: 0,
  log: createLogger('gateway', 'error'),
  introspection: 'none',
  // All clients come from one address here.
  limits: { connections: 20_000, connectionsPerAddress: 20_000, sockets: 20_000, socketsPerClient: 20_000 },
});
process.send?.({ port: Number(new URL(gateway.url).port) });
process.on('disconnect', () => process.exit(0));
