import { ACTOR_HEADER, anonymous, mintActorToken, newId, unknownClient } from '@buffrsign/kernel/gateway';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import type { RecordedCalls } from './record.ts';
import { ACTOR_TOKEN_SECRET } from './secret.ts';

/**
 * The floor as a process: `floor.ts [json]`. A bare server that makes the same calls to the subgraphs, with the same
 * headers and in the same order, and sends back what came, one text after the other. It neither parses nor plans anything.
 * The other floor reads every answer as JSON and writes as JSON what the gateway would answer, with nothing done between
 * the two: who puts answers together as objects cannot do less.
 */
const isJson = process.argv[2] === 'json';
const recorded = await new Promise<RecordedCalls>((resolve) => process.once('message', (message) => resolve(message as RecordedCalls)));
const pools = new Map<string, Pool>();
const poolOf = (url: string): Pool => {
  const { origin } = new URL(url);
  const pool = pools.get(origin) ?? new Pool(origin, { connections: 64 });
  pools.set(origin, pool);
  return pool;
};
const prepared = new Map(Object.entries(recorded).map(([body, { waves, answer }]) => [body, { waves: waves.map((wave) => wave.map((call) => ({ pool: poolOf(call.url), body: call.body }))), answer }]));
// With each call the same is sent as the gateway sends, but made once.
const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-request-id': newId('req'), [ACTOR_HEADER]: mintActorToken(anonymous, ACTOR_TOKEN_SECRET, unknownClient) };

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { waves, answer } = prepared.get(Buffer.concat(chunks).toString())!;
  const texts: string[] = [];
  for (const wave of waves) texts.push(...(await Promise.all(wave.map(async ({ pool, body }) => (await pool.request({ path: '/graphql', method: 'POST', headers, body })).body.text()))));
  if (isJson) texts.forEach((text) => void JSON.parse(text));
  response.writeHead(200, { 'content-type': 'application/json' }).end(isJson ? JSON.stringify(answer) : texts.join(''));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` });
process.on('disconnect', () => process.exit(0));
