import { describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { follow, openClient, ticksOf, upTo } from './support/follower.ts';
import { MULTIPART, SSE } from './support/http-stream.ts';
import { httpNumbersOf, resultsOf, useHttpStreams } from './support/http-world.ts';

const { clock, start, open } = useHttpStreams();

describe.each([
  ['multipart', MULTIPART],
  ['server-sent events', SSE],
])('a subscription over HTTP as %s', (_name, accept) => {
  it('comes as it happens, and can be taken up again by its cursor', async () => {
    const platform = await start();
    const stream = await open(accept);
    await eventually(() => httpNumbersOf(stream)).toEqual([0]);
    for (let n = 1; n <= 3; n += 1) platform.source.write('a');
    await eventually(() => httpNumbersOf(stream)).toEqual([0, 1, 2, 3]);
    expect(stream.response.headers).toMatchObject({ 'x-accel-buffering': 'no', 'cache-control': 'no-store' });
    const { cursor } = resultsOf(stream)[1].extensions;
    stream.leave();
    await eventually(() => platform.source.readers()).toBe(0);
    const back = await open(accept, ticksOf('a'), { extensions: { cursor } });
    await eventually(() => httpNumbersOf(back)).toEqual([2, 3]);
  });

  it('shares with those on sockets, and its source ends with the last of both', async () => {
    const platform = await start();
    const socket = openClient(platform.gateway.subscriptionUrl);
    const follower = follow(socket, ticksOf('a'));
    await eventually(follower.numbers).toEqual([0]);
    const stream = await open(accept);
    await eventually(() => httpNumbersOf(stream)).toEqual([0]);
    platform.source.write('a');
    await eventually(() => [follower.numbers(), httpNumbersOf(stream), platform.source.readers()]).toEqual([[0, 1], [0, 1], 1]);
    follower.leave();
    await eventually(() => platform.gateway.streams.subscribers).toBe(1);
    stream.leave();
    await eventually(() => [platform.gateway.streams.subscribers, platform.source.readers()]).toEqual([0, 0]);
    await socket.dispose();
  });

  it('shows that it lives while nothing happens', async () => {
    await start({ streams: { heartbeatMs: 20 } });
    const stream = await open(accept);
    const sign = accept === SSE ? ':\n\n' : '\r\n\r\n{}\r\n--graphql';
    await eventually(() => stream.text().split(sign).length).toBeGreaterThan(4);
    expect(httpNumbersOf(stream)).toEqual([0]);
  });

  it('may go on for longer than an operation may take', async () => {
    const platform = await start({ limits: { operationMs: 100 }, streams: { heartbeatMs: 20 } });
    const stream = await open(accept, ticksOf('a', 'n guarded'));
    await eventually(() => stream.text().length).toBeGreaterThan(400);
    platform.source.write('a');
    await eventually(() => httpNumbersOf(stream)).toEqual([0, 1]);
  });

  it('is complete when its source has ended', async () => {
    const platform = await start();
    const stream = await open(accept);
    await eventually(() => httpNumbersOf(stream)).toEqual([0]);
    platform.source.finish();
    await eventually(stream.ended).toBe(true);
    expect(stream.text().endsWith(accept === SSE ? 'event: complete\ndata: \n\n' : '--graphql--\r\n')).toBe(true);
  });

  it('is broken off with a code when the access token runs out, and one that has run out opens none', async () => {
    const platform = await start();
    const authorization = `Bearer ${platform.issuer.issue({ lifetimeSeconds: 100 })}`;
    clock.ahead = 97_000;
    const stream = await open(accept, ticksOf('a'), { headers: { authorization } });
    await eventually(stream.ended, { timeout: 10_000 }).toBe(true);
    expect(stream.text()).toContain('"code":"UNAUTHENTICATED"');
    expect(stream.text()).not.toContain('complete');
    await eventually(() => platform.source.readers()).toBe(0);
    clock.ahead = 101_000;
    const refused = await open(accept, ticksOf('a'), { headers: { authorization } });
    expect([refused.response.statusCode, refused.response.headers['content-type']]).toEqual([401, expect.stringContaining('application/json')]);
  });

  it('is broken off with a code when the gateway stops, and does not hold it up', async () => {
    const platform = await start();
    const stream = await open(accept);
    await eventually(() => httpNumbersOf(stream)).toEqual([0]);
    await platform.gateway.stop();
    await eventually(stream.ended).toBe(true);
    expect(stream.text()).toContain('"code":"STREAM_INTERRUPTED"');
    expect(stream.text()).not.toContain('event: complete');
    expect(platform.source.readers()).toBe(0);
  });

  it('to a slow reader stands still until it reads, and skips nothing', async () => {
    const platform = await start({ streams: { keptEvents: 4, heartbeatMs: 20 } });
    const slow = await open(accept, ticksOf('a', 'n text(size: 100000)'));
    const quick = await open(accept, ticksOf('a', 'n text(size: 100000)'));
    await eventually(() => [httpNumbersOf(slow), httpNumbersOf(quick)]).toEqual([[0], [0]]);
    slow.response.pause();
    const last = 120;
    for (let n = 1; n <= last; n += 1) {
      platform.source.write('a');
      await eventually(() => quick.text().includes(`"n":${n},`), { interval: 2 }).toBe(true);
    }
    await eventually(() => platform.gateway.streams.detached).toBe(1);
    slow.response.resume();
    await eventually(() => httpNumbersOf(slow).at(-1), { timeout: 20_000, interval: 200 }).toBe(last);
    expect(httpNumbersOf(slow)).toEqual([0, ...upTo(last)]);
  });

  it('that is over before a slow reader has read it is not broken off any more when the token runs out', async () => {
    const platform = await start();
    const bearer = (lifetimeSeconds: number) => ({ headers: { authorization: `Bearer ${platform.issuer.issue({ lifetimeSeconds })}` } });
    const expiring = bearer(100);
    clock.ahead = 96_000;
    // More than the connection itself holds, so that the end waits behind it.
    const large = ticksOf('a', 'n text(size: 16000000)');
    const slow = await open(accept, large, expiring);
    slow.response.pause();
    const quick = await open(accept, large, bearer(1_000));
    await eventually(() => [platform.gateway.streams.delivered, platform.source.readers()]).toEqual([2, 1]);
    await eventually(() => httpNumbersOf(quick)).toEqual([0]);
    platform.source.finish();
    await eventually(quick.ended).toBe(true);
    const other = await open(accept, ticksOf('b'), expiring);
    await eventually(other.ended).toBe(true);
    expect(slow.text()).not.toContain('x\"');
    slow.response.resume();
    await eventually(slow.ended).toBe(true);
    expect(slow.text().endsWith(accept === SSE ? 'event: complete\ndata: \n\n' : '--graphql--\r\n')).toBe(true);
    expect(slow.text()).not.toContain('UNAUTHENTICATED');
  });

  it('is refused in words beyond what one client may have open', async () => {
    const platform = await start({ limits: { streamsPerClient: 2 } });
    const two = [await open(accept), await open(accept)];
    const third = await open(accept);
    await eventually(third.ended).toBe(true);
    expect([third.response.statusCode, JSON.parse(third.text())]).toEqual([429, { errors: [{ message: expect.stringContaining('2 streams'), extensions: { code: 'RATE_LIMITED' } }] }]);
    two[0]!.leave();
    await eventually(() => platform.gateway.streams.subscribers).toBe(1);
    const fourth = await open(accept);
    expect(fourth.response.statusCode).toBe(200);
  });

  it('beyond what the gateway may have in all is refused as well', async () => {
    await start({ limits: { streams: 1 } });
    await open(accept);
    const second = await open(accept);
    await eventually(second.text).toContain('All 1 streams');
    expect(second.response.statusCode).toBe(429);
  });
});
