import { WebSocket } from 'ws';
import { once } from 'node:events';
import { createLogger } from '@buffrsign/kernel/gateway';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpTransport } from '../src/index.ts';
import { acceptSockets } from '../src/subscriptions/accept.ts';
import { openRaw } from './support/client.ts';
import { startPlatform, type Platform } from './support/platform.ts';
import { SECRET } from './support/subgraph.ts';

const subscription = (id: string) => ({ id, type: 'subscribe', payload: { query: 'subscription { counted { value } }' } });

describe('graphql-transport-ws', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform('in process', { allowedOrigins: ['https://app.example.org'], limits: { bodyBytes: 10_000 } });
  });
  afterAll(() => platform.stop());

  const acknowledged = async () => {
    const raw = await openRaw(platform.gateway.subscriptionUrl);
    raw.say({ type: 'connection_init' });
    await expect.poll(() => raw.received).toEqual([{ type: 'connection_ack' }]);
    return raw;
  };

  it('refuses to open a socket at an address that is none, and goes on', async () => {
    const { port } = new URL(platform.gateway.url);
    const asked = request({ port, path: '//', headers: { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' } }).end();
    const [answer] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(404);
    await acknowledged();
  });

  it('closes with 4406 when the client speaks another protocol', async () => {
    const { closed } = await openRaw(platform.gateway.subscriptionUrl, []);
    expect((await closed).code).toBe(4406);
  });

  it.each(['not json', '{"type":"nonsense"}', '{"id":"1","type":"subscribe"}'])('closes with 4400 at the message %s', async (message) => {
    const { say, closed } = await acknowledged();
    say(message);
    expect((await closed).code).toBe(4400);
  });

  it('closes with 4401 when a client subscribes before it is let in', async () => {
    const { say, closed } = await openRaw(platform.gateway.subscriptionUrl);
    say(subscription('1'));
    expect((await closed).code).toBe(4401);
  });

  it('closes with 4408 when a client does not say who it is in time', async () => {
    const { closed } = await openRaw(platform.gateway.subscriptionUrl);
    expect(await closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
  });

  it('closes with 4403 when a client is not who it says it is', async () => {
    const { say, closed } = await openRaw(platform.gateway.subscriptionUrl);
    say({ type: 'connection_init', payload: { authorization: 'Bearer nonsense' } });
    expect(await closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  it('closes with 4500 when a message cannot be handled, and says no more than that', async () => {
    const failing = { opened: (socket: { onMessage(handle: () => Promise<void>): void }) => (socket.onMessage(() => Promise.reject(new Error('password authentication failed'))), async () => undefined) };
    const accepting = acceptSockets(failing as never, { limits: { bodyBytes: 1_000, messagesPerSecond: 100 }, log: createLogger('gateway', 'silent'), now: () => new Date() });
    const server = createServer().on('upgrade', (asked, socket, head) => accepting.sockets.handleUpgrade(asked, socket, head, (opened) => accepting.sockets.emit('connection', opened, asked)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { say, closed } = await openRaw(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    say({ type: 'ping' });
    expect(await closed).toEqual({ code: 4500, reason: 'Something went wrong on our side.' });
    await accepting.close(AbortSignal.timeout(1_000));
    server.close();
  });

  it.each([
    ['from one address', { socketsPerClient: 1 }, /^Your address has 1 WebSockets open/],
    ['in all', { sockets: 1 }, /^All 1 WebSockets/],
  ])('closes with 1013, in words, the socket that is one too many %s, and takes another once one is gone', async (_where, limits, says) => {
    const small = await startPlatform('in process', { limits });
    const first = await openRaw(small.gateway.subscriptionUrl);
    const second = await openRaw(small.gateway.subscriptionUrl);
    expect(await second.closed).toEqual({ code: 1013, reason: expect.stringMatching(says) });
    first.say({ type: 'connection_init' });
    await expect.poll(() => first.received).toEqual([{ type: 'connection_ack' }]);
    first.socket.close();
    await first.closed;
    const isTaken = async (): Promise<boolean> => {
      const { say, received, socket } = await openRaw(small.gateway.subscriptionUrl);
      say({ type: 'connection_init' });
      const outcome = await Promise.race([once(socket, 'message').then(() => received.length > 0), once(socket, 'close').then(() => false)]);
      socket.close();
      return outcome;
    };
    await expect.poll(isTaken).toBe(true);
    await small.stop();
  });

  it('closes with 1001 when the gateway stops', async () => {
    const stopping = await startPlatform('in process');
    const { closed } = await openRaw(stopping.gateway.subscriptionUrl);
    await stopping.stop();
    expect(await closed).toEqual({ code: 1001, reason: 'The gateway stops. Connect again.' });
  });

  it('closes with 4429 at a second connection_init', async () => {
    const { say, closed } = await acknowledged();
    say({ type: 'connection_init' });
    expect((await closed).code).toBe(4429);
  });

  it('closes with 4409 when an id is used again while it is in use', async () => {
    const { say, closed } = await acknowledged();
    say(subscription('same'));
    say(subscription('same'));
    expect(await closed).toEqual({ code: 4409, reason: 'Subscriber for same already exists' });
    await expect.poll(() => platform.ticker.readers()).toBe(0);
  });

  it('lets an id be used again once its operation is over', async () => {
    const { say, received, socket } = await acknowledged();
    for (const round of [1, 2]) {
      say({ id: 'same', type: 'subscribe', payload: { query: '{ users { id } }' } });
      await expect.poll(() => received.filter(({ type }) => type === 'complete')).toHaveLength(round);
    }
    socket.close();
  });

  it('answers a ping', async () => {
    const { say, received, socket } = await acknowledged();
    say({ type: 'ping', payload: { n: 1 } });
    await expect.poll(() => received.at(-1)).toEqual({ type: 'pong', payload: { n: 1 } });
    socket.close();
  });

  it('refuses an invalid operation by its id and keeps the socket', async () => {
    const { say, received, socket } = await acknowledged();
    say({ id: '1', type: 'subscribe', payload: { query: '{ nonsense }' } });
    await expect.poll(() => received.at(-1)).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });

  it('gives an operation no more time than over HTTP', async () => {
    const hanging = createServer(() => undefined);
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
    const users = createHttpTransport({ name: 'users', url: `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`, actorTokenSecret: SECRET, log: createLogger('gateway', 'silent') });
    const hurried = await startPlatform('in process', { limits: { operationMs: 100 }, transports: { users, things: platform.things.transport! } });
    const { say, received, socket } = await openRaw(hurried.gateway.subscriptionUrl);
    say({ type: 'connection_init' });
    await expect.poll(() => received).toHaveLength(1);
    say({ id: '1', type: 'subscribe', payload: { query: '{ failing }' } });
    const answer = { data: { failing: null }, errors: [{ message: expect.stringContaining('did not answer in time'), path: ['failing'], extensions: { code: 'UNAVAILABLE' } }] };
    await expect.poll(() => received.slice(1), { timeout: 5_000 }).toEqual([{ id: '1', type: 'next', payload: answer }, { id: '1', type: 'complete' }]);
    expect((await hurried.ask('{ failing }')).body).toEqual(answer);
    socket.close();
    await hurried.stop();
    await users.close();
    hanging.closeAllConnections();
    hanging.close();
  });

  it('masks the errors of operations on a socket', async () => {
    const { say, received, socket } = await acknowledged();
    say({ id: '1', type: 'subscribe', payload: { query: '{ leaking }' } });
    await expect.poll(() => received.find(({ type }) => type === 'next')?.['payload'].errors[0].extensions.code).toBe('INTERNAL');
    expect(JSON.stringify(received)).not.toContain('postgres');
    socket.close();
  });

  it('gives events by the id that the client chose, whatever it is, and none after it said that it is done', async () => {
    const { say, received, socket } = await acknowledged();
    const id = '"},"type":"complete"\\ \n é';
    say(subscription(id));
    await expect.poll(() => platform.ticker.readers()).toBe(1);
    platform.ticker.tick(1);
    await expect.poll(() => received.slice(1)).toEqual([{ id, type: 'next', payload: { data: { counted: { value: 1 } } } }]);
    say({ id, type: 'complete' });
    await expect.poll(() => platform.ticker.readers()).toBe(0);
    platform.ticker.tick(2);
    say({ type: 'ping' });
    await expect.poll(() => received.at(-1)).toEqual({ type: 'pong' });
    expect(received).toHaveLength(3);
    socket.close();
  });

  it('ends the source when a client completes its stream before the source is open', async () => {
    const { say, received, socket } = await acknowledged();
    say(subscription('1'));
    say({ id: '1', type: 'complete' });
    say({ id: '2', type: 'subscribe', payload: { query: '{ users { id } }' } });
    await expect.poll(() => received.some(({ id, type }) => id === '2' && type === 'complete')).toBe(true);
    await expect.poll(() => platform.ticker.readers()).toBe(0);
    socket.close();
  });

  it('closes with 1009 at a message that is too large', async () => {
    const { say, closed } = await acknowledged();
    say({ id: '1', type: 'subscribe', payload: { query: `{ users { id } } #${'x'.repeat(20_000)}` } });
    expect((await closed).code).toBe(1009);
  });

  it.each([
    ['another path', '/elsewhere', 'https://app.example.org', 404],
    ['a page that is not allowed', '/graphql', 'https://evil.example.org', 403],
  ])('opens no socket at %s', async (_what, path, origin, status) => {
    const socket = new WebSocket(new URL(path, platform.gateway.subscriptionUrl), 'graphql-transport-ws', { origin });
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(status);
    socket.on('error', () => undefined);
    socket.terminate();
  });
});
