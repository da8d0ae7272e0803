import { ACTOR_HEADER, createLogger, unknownClient } from '@buffrsign/kernel/gateway';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpTransport } from '../src/index.ts';
import { createBreaker } from '../src/transport/breaker.ts';
import { callerOf, SECRET } from './support/subgraph.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

const serve = async (answer: (request: IncomingMessage, response: ServerResponse, body: string) => void) => {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    answer(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const transport = createHttpTransport({ name: 'toy', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, actorTokenSecret: SECRET, log: createLogger('gateway', 'silent') });
  closing.push(async () => {
    await transport.close();
    await new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections()));
  });
  return transport;
};

const request = { query: 'query Q($a: Int) { a(a: $a) }', actor: { kind: 'anonymous' }, requestId: 'req_1' } as const;
const ok = (response: ServerResponse): void => void response.end('{"data":{"a":1}}');

describe('a fetch over HTTP', () => {
  it('sends the query, its name and its variables, where there are some', async () => {
    const bodies: unknown[] = [];
    const transport = await serve((_request, response, body) => (bodies.push(JSON.parse(body)), ok(response)));
    await transport.execute({ ...request, operationName: 'Q', variables: { a: 1 } });
    await transport.execute(request);
    expect(bodies).toEqual([{ query: request.query, operationName: 'Q', variables: { a: 1 } }, { query: request.query }]);
  });

  it('asks again when a connection breaks, if it only reads', async () => {
    let asked = 0;
    const transport = await serve((incoming, response) => ((asked += 1) === 1 ? incoming.socket.destroy() : ok(response)));
    expect(await transport.execute({ ...request, isMutation: false })).toEqual({ data: { a: 1 } });
    expect(asked).toBe(2);
  });

  it.each([true, undefined])('never asks again for what may act (isMutation: %s)', async (isMutation) => {
    let asked = 0;
    const transport = await serve((incoming) => ((asked += 1), incoming.socket.destroy()));
    await expect(transport.execute({ ...request, ...(isMutation !== undefined && { isMutation }) })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(asked).toBe(1);
  });

  it('leaves a subgraph alone that failed ten times in a row', async () => {
    let asked = 0;
    const transport = await serve((_request, response) => ((asked += 1), response.writeHead(502).end('no')));
    for (let turn = 0; turn < 12; turn += 1) await expect(transport.execute(request)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(asked).toBe(10);
  });

  it('signs who acts once for many requests, and for each actor anew', async () => {
    const tokens: unknown[] = [];
    const transport = await serve((incoming, response) => (tokens.push(incoming.headers['x-buffrsign-actor']), ok(response)));
    const user = { kind: 'user', id: 'u1', organizationId: 'o1', scopes: [] } as const;
    for (const actor of [request.actor, request.actor, user]) await transport.execute({ ...request, actor });
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[2]).not.toBe(tokens[0]);
  });

  it('says of each client its own address, also when nobody says who they are', async () => {
    const seen: unknown[] = [];
    const transport = await serve((incoming, response) => (seen.push(callerOf(incoming.headers[ACTOR_HEADER])), ok(response)));
    const clients = ['196.44.140.7', '2001:db8::7'].map((ip) => ({ ip, userAgent: null }));
    for (const client of [...clients, ...clients]) await transport.execute({ ...request, client });
    await transport.execute(request);
    expect(seen).toEqual([...clients, ...clients, unknownClient].map((client) => ({ actor: request.actor, client })));
  });
});

describe('a breaker', () => {
  it('lets one try after a rest, and all again once that one succeeded', () => {
    let now = 0;
    const breaker = createBreaker({ failures: 2, restMs: 100, now: () => now });
    breaker.failed();
    expect(breaker.mayTry()).toBe(true);
    breaker.failed();
    expect(breaker.mayTry()).toBe(false);
    now = 100;
    expect([breaker.mayTry(), breaker.mayTry()]).toEqual([true, false]);
    breaker.failed();
    expect(breaker.mayTry()).toBe(false);
    now = 200;
    expect(breaker.mayTry()).toBe(true);
    breaker.succeeded();
    expect([breaker.mayTry(), breaker.mayTry()]).toEqual([true, true]);
  });
});
