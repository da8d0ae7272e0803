import { parseArgs } from 'node:util';
import { hasRedis } from './live-faults/redis-process.ts';
import { runLiveFaults } from './live-faults/run-live-faults.ts';

/**
 * `npm run faults:live`: lets clients follow envelopes that are being signed, over graphql-ws, server-sent events and multipart,
 * while connections are cut, the gateway, the subgraph, Redis and Postgres are ended and access tokens run out; then compares
 * what came to each client with what was committed. Exit 0 when each was told everything, in order, once.
 */
const { values } = parseArgs({ options: { count: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } } });
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.error('Say how many faults and, to have the same ones again, which seed: npm run faults:live -- --count 200 --seed 1');
  process.exit(2);
}
if (!hasRedis()) {
  console.error('This needs the program redis-server, which it kills: install Redis.');
  process.exit(2);
}
const say = values.json ? () => undefined : (line: string) => console.log(line);
const verdict = await runLiveFaults({ count, seed, say });
if (values.json) console.log(JSON.stringify(verdict, null, 2));
process.exit(verdict.ok ? 0 : 1);
