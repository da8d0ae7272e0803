import { WebSocket } from 'ws';
import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRaw } from './support/client.ts';
import { startPlatform, type Platform } from './support/platform.ts';

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

  it('masks the errors of operations on a socket', async () => {
    const { say, received, socket } = await acknowledged();
    say({ id: '1', type: 'subscribe', payload: { query: '{ leaking }' } });
    await expect.poll(() => received.find(({ type }) => type === 'next')?.['payload'].errors[0].extensions.code).toBe('INTERNAL');
    expect(JSON.stringify(received)).not.toContain('postgres');
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
