import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openRaw } from '../support/client.ts';
import { startPlatform, type Platform } from '../support/platform.ts';

describe('a socket', () => {
  let platform: Platform;
  afterEach(() => platform.stop());

  const acknowledged = async () => {
    const raw = await openRaw(platform.gateway.subscriptionUrl);
    raw.say({ type: 'connection_init' });
    await expect.poll(() => raw.received).toEqual([{ type: 'connection_ack' }]);
    return raw;
  };

  it.each(['https://evil.example.org', 'https://app.example.org.evil.example.org', 'http://app.example.org', 'null'])('of a page at %s is not opened', async (origin) => {
    platform = await startPlatform('in process', { allowedOrigins: ['https://app.example.org'] });
    const socket = new WebSocket(platform.gateway.subscriptionUrl, 'graphql-transport-ws', { origin });
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(403);
    socket.on('error', () => undefined);
    socket.terminate();
  });

  it('has no identity but the one it says itself: what a browser sends along on its own counts for nothing', async () => {
    platform = await startPlatform('in process');
    const socket = new WebSocket(platform.gateway.subscriptionUrl, 'graphql-transport-ws', { headers: { cookie: 'session=1', authorization: `Bearer ${platform.issuer.issue()}` } });
    const received: { type: string; payload?: { data: unknown } }[] = [];
    socket.on('message', (data) => received.push(JSON.parse(String(data))));
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await expect.poll(() => received).toHaveLength(1);
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ me { id } }' } }));
    await expect.poll(() => received.find(({ type }) => type === 'next')?.payload?.data).toEqual({ me: null });
    socket.close();
  });

  it('that never says who is on it is closed with 4408', async () => {
    platform = await startPlatform('in process', { limits: { connectionInitMs: 100 } });
    const { closed } = await openRaw(platform.gateway.subscriptionUrl);
    expect((await closed).code).toBe(4408);
  });

  it('that is flooded with messages is closed with 4429, in words, and no more of them are carried out', async () => {
    platform = await startPlatform('in process', { limits: { messagesPerSecond: 20 }, now: () => new Date(0) });
    const { say, closed } = await acknowledged();
    for (let id = 0; id < 100; id += 1) say({ id: `q${id}`, type: 'subscribe', payload: { query: '{ users { id } }' } });
    expect(await closed).toEqual({ code: 4429, reason: expect.stringContaining('Too many messages in a second') });
    expect(platform.users.seen.length).toBeLessThanOrEqual(19);
  });

  it('that is flooded with pings is closed with 4429', async () => {
    platform = await startPlatform('in process', { limits: { messagesPerSecond: 20 }, now: () => new Date(0) });
    const { socket, closed } = await acknowledged();
    for (let count = 0; count < 100; count += 1) socket.ping();
    expect((await closed).code).toBe(4429);
  });

  it('that sends as much as it may, second after second, stays open', async () => {
    let seconds = 0;
    platform = await startPlatform('in process', { limits: { messagesPerSecond: 20 }, now: () => new Date(seconds * 1_000) });
    const { socket, received, say } = await acknowledged();
    for (seconds = 1; seconds <= 3; seconds += 1) {
      for (let count = 0; count < 20; count += 1) say({ type: 'ping' });
      await expect.poll(() => received).toHaveLength(1 + seconds * 20);
    }
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });

  it('that sends a frame larger than it may is closed with 1009, also when the frame is in pieces', async () => {
    platform = await startPlatform('in process', { limits: { bodyBytes: 10_000 } });
    const whole = await acknowledged();
    whole.say({ id: '1', type: 'subscribe', payload: { query: `{ users { id } } #${'x'.repeat(20_000)}` } });
    expect((await whole.closed).code).toBe(1009);
    const pieces = await acknowledged();
    for (let piece = 0; piece < 4; piece += 1) pieces.socket.send('x'.repeat(4_000), { fin: piece === 3 });
    expect((await pieces.closed).code).toBe(1009);
  });

  it('takes nothing compressed, so that a small frame cannot become a large one', async () => {
    platform = await startPlatform('in process');
    const socket = new WebSocket(platform.gateway.subscriptionUrl, 'graphql-transport-ws', { perMessageDeflate: true });
    await once(socket, 'open');
    expect(socket.extensions).toBe('');
    socket.close();
  });

  it('gets no event of a subscription that is not for who is on it', async () => {
    platform = await startPlatform('in process');
    const { say, received, socket } = await acknowledged();
    say({ id: '1', type: 'subscribe', payload: { query: 'subscription { watched { value } }' } });
    say({ id: '2', type: 'subscribe', payload: { query: 'subscription { counted { value hidden } }' } });
    await expect.poll(() => received.find(({ id, type }) => id === '1' && type === 'next')?.['payload']).toMatchObject({ data: { watched: null }, errors: [{ extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }] });
    await expect.poll(() => platform.ticker.readers()).toBe(1);
    platform.ticker.tick(7);
    await expect.poll(() => received.find(({ id, type }) => id === '2' && type === 'next')?.['payload'].data).toEqual({ counted: { value: 7, hidden: null } });
    expect(received.filter(({ id, type }) => id === '1' && type === 'next')).toHaveLength(1);
    socket.close();
  });

  it('is refused a subscription by its subgraph, which has the last word on whose a topic is', async () => {
    platform = await startPlatform('over HTTP');
    const { say, received, socket } = await acknowledged();
    say({ id: '1', type: 'subscribe', payload: { query: 'subscription { refused { value } }' } });
    await expect.poll(() => JSON.stringify(received)).toContain('"code":"FORBIDDEN"');
    socket.close();
  });
});
