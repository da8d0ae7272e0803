import { ACTOR_HEADER, anonymous, mintActorToken, newId, unknownClient } from '@buffrsign/kernel/gateway';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import type { RecordedCalls } from './record.ts';
import { ACTOR_TOKEN_SECRET } from './secret.ts';

/**
 * The floor as a process: a bare server that makes the same calls to the subgraphs, with the same headers and in the same
 * order, and sends back what came, one text after the other. It neither parses nor plans anything.
 */
const recorded = await new Promise<RecordedCalls>((resolve) => process.once('message', (message) => resolve(message as RecordedCalls)));
const pools = new Map<string, Pool>();
const poolOf = (url: string): Pool => {
  const { origin } = new URL(url);
  const pool = pools.get(origin) ?? new Pool(origin, { connections: 64 });
  pools.set(origin, pool);
  return pool;
};
const prepared = new Map(Object.entries(recorded).map(([body, waves]) => [body, waves.map((wave) => wave.map((call) => ({ pool: poolOf(call.url), body: call.body })))]));
// With each call the same is sent as the gateway sends, but made once.
const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-request-id': newId('req'), [ACTOR_HEADER]: mintActorToken(anonymous, ACTOR_TOKEN_SECRET, unknownClient) };

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  let text = '';
  for (const wave of prepared.get(Buffer.concat(chunks).toString()) ?? []) {
    const texts = await Promise.all(wave.map(async ({ pool, body }) => (await pool.request({ path: '/graphql', method: 'POST', headers, body })).body.text()));
    text += texts.join('');
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` });
process.on('disconnect', () => process.exit(0));
