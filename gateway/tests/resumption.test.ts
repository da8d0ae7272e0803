import { Problem } from '@buffrsign/kernel/gateway';
import { describe, expect, it } from 'vitest';
import { openRaw } from './support/client.ts';
import { eventually } from './support/eventually.ts';
import { follow, ticksOf, upTo } from './support/follower.ts';
import type { LogPlatform } from './support/log-platform.ts';
import { modes } from './support/platform.ts';
import { useStreams } from './support/stream-world.ts';

const { start, open } = useStreams();

describe.each(modes)('a source that breaks, its subgraph %s', (mode) => {
  it('is taken up again after its last event: subscribers see a pause and nothing else', async () => {
    const platform = await start(mode);
    const two = [follow(open(), ticksOf('a')), follow(open(), ticksOf('a'))];
    await eventually(() => two.map(({ numbers }) => numbers())).toEqual([[0], [0]]);
    for (let round = 0; round < 5; round += 1) {
      platform.source.write('a');
      platform.cut();
      platform.source.write('a');
      await eventually(() => two.map(({ numbers }) => numbers())).toEqual([[0, ...upTo(2 * round + 2)], [0, ...upTo(2 * round + 2)]]);
    }
    expect(two.flatMap(({ codes }) => codes())).toEqual([]);
    expect(platform.gateway.streams.resumed).toBeGreaterThanOrEqual(5);
    expect(platform.source.opened.slice(-1)[0]).toBeDefined();
  });

  it('before its first event ends the stream at once: there is nothing to go on from', async () => {
    const platform = await start(mode);
    const release = platform.source.hold();
    const follower = follow(open(), ticksOf('a', 'kind n', 'news'));
    await eventually(() => platform.source.readers()).toBe(1);
    platform.cut();
    release();
    await eventually(follower.over).toBe('complete');
    expect(follower.codes()).toEqual([mode === 'in process' ? 'INTERNAL' : 'UNAVAILABLE']);
  });
});

describe('a source that stays away', () => {
  it('is given up after a while, and its subscribers are told which part of the platform does not answer', async () => {
    const platform = await start('over HTTP', { streams: { resumeForMs: 300 } });
    const follower = follow(open(), ticksOf('a'));
    await eventually(follower.numbers).toEqual([0]);
    await platform.served!.stop();
    await eventually(follower.over).toBe('complete');
    expect(follower.messages.at(-1)!.errors).toEqual([{ message: expect.stringContaining('"ticks"'), extensions: { code: 'UNAVAILABLE', subgraph: 'ticks' } }]);
    expect(platform.gateway.streams).toMatchObject({ resumed: 1, upstreams: 0, subscribers: 0 });
  });

  it('is waited for while it starts again', async () => {
    const platform = await start('over HTTP', { streams: { resumeForMs: 60_000 } });
    const follower = follow(open(), ticksOf('a'));
    await eventually(follower.numbers).toEqual([0]);
    await platform.served!.stop();
    platform.source.write('a');
    await platform.served!.start();
    await eventually(follower.numbers, { timeout: 15_000 }).toEqual([0, 1]);
    expect(follower.codes()).toEqual([]);
  });

  it('that only says that it failed counts as broken: it is asked again until it is well', async () => {
    const platform = await start();
    const follower = follow(open(), ticksOf('a'));
    await eventually(follower.numbers).toEqual([0]);
    platform.source.refuse(() => new Problem('INTERNAL'));
    const opened = platform.source.opened.length;
    await eventually(() => platform.source.opened.length).toBeGreaterThan(opened + 2);
    platform.source.refuse(undefined);
    platform.source.write('a');
    await eventually(follower.numbers).toEqual([0, 1]);
    expect(follower.codes()).toEqual([]);
  });
});

describe('a slow reader', () => {
  /** Takes nothing off its connection until it is told to. */
  const openSlow = async (platform: LogPlatform, query: string) => {
    const raw = await openRaw(platform.gateway.subscriptionUrl);
    raw.say({ type: 'connection_init' });
    await eventually(() => raw.received).toHaveLength(1);
    raw.say({ id: 's', type: 'subscribe', payload: { query } });
    await eventually(() => raw.received.filter(({ type }) => type === 'next')).toHaveLength(1);
    const field = query.includes('plain') ? 'plain' : 'ticks';
    const nexts = () => raw.received.filter(({ type }) => type === 'next');
    return { ...raw, nexts, numbers: () => nexts().map(({ payload }) => payload.data?.[field].n as number) };
  };
  const large = ticksOf('a', 'kind n text(size: 100000)');

  it('among others is left behind, counted, and still gets everything, in order and once', async () => {
    const platform = await start('in process', { streams: { keptEvents: 8 } });
    const slow = await openSlow(platform, large);
    const quick = follow(open(), large);
    await eventually(() => [platform.source.readers(), quick.numbers()]).toEqual([1, [0]]);
    slow.socket.pause();
    const last = 150;
    for (let n = 1; n <= last; n += 1) {
      platform.source.write('a');
      await eventually(quick.numbers, { interval: 2 }).toHaveLength(n + 1);
    }
    expect(platform.gateway.streams.detached).toBe(1);
    expect(slow.numbers().length).toBeLessThan(last);
    slow.socket.resume();
    await eventually(slow.numbers, { timeout: 20_000 }).toEqual([0, ...upTo(last)]);
    await eventually(() => platform.source.readers()).toBe(1);
    const before = platform.completed();
    platform.source.write('a');
    await eventually(() => [slow.numbers().at(-1), quick.numbers().at(-1)]).toEqual([last + 1, last + 1]);
    expect(platform.completed() - before).toBeLessThanOrEqual(1);
    slow.socket.close();
  });

  it('who is alone is waited for: no more is asked of the source than can be sent', async () => {
    const platform = await start();
    const slow = await openSlow(platform, large);
    slow.socket.pause();
    const last = 300;
    for (let n = 1; n <= last; n += 1) platform.source.write('a');
    // What the system's own buffers hold is sent; then it stands still, long before the last event.
    let before = -1;
    await eventually(() => [platform.gateway.streams.delivered === before, (before = platform.gateway.streams.delivered)][0], { interval: 200 }).toBe(true);
    expect(platform.gateway.streams.delivered).toBeLessThan(last);
    slow.socket.resume();
    await eventually(slow.numbers, { timeout: 20_000 }).toEqual([0, ...upTo(last)]);
    expect(platform.gateway.streams.detached).toBe(0);
    slow.socket.close();
  });

  it('whose subgraph sends faster than that, over the network, goes on from its cursor', async () => {
    const platform = await start('over HTTP');
    const slow = await openSlow(platform, large);
    slow.socket.pause();
    const last = 1_500;
    for (let n = 1; n <= last; n += 1) platform.source.write('a');
    // More than may wait for a reader has come: the way from the subgraph is closed.
    await eventually(() => platform.source.readers(), { timeout: 10_000 }).toBe(0);
    slow.socket.resume();
    await eventually(slow.numbers, { timeout: 25_000, interval: 200 }).toEqual([0, ...upTo(last)]);
    expect(slow.nexts().flatMap(({ payload }) => payload.errors ?? [])).toEqual([]);
    expect(platform.gateway.streams.resumed).toBeGreaterThan(0);
    slow.socket.close();
  });
});
