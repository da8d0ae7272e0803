import { writeCursor } from '@buffrsign/kernel/gateway';
import { describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { follow, ticksOf, upTo } from './support/follower.ts';
import { modes } from './support/platform.ts';
import { begun, numbersOf, useStreams } from './support/stream-world.ts';

const { start, open } = useStreams();

describe.each(modes)('a stream that many ask for, its subgraph %s', (mode) => {
  it('is opened once, and each event completed once, for all of them', async () => {
    const platform = await start(mode);
    const first = follow(open(), ticksOf('a'));
    await begun(first);
    const others = Array.from({ length: 20 }, () => follow(open(), ticksOf('a')));
    await begun(...others);
    await eventually(() => platform.source.readers()).toBe(1);
    expect(platform.gateway.streams).toMatchObject({ upstreams: 1, subscribers: 21 });
    const before = platform.completed();
    for (let n = 1; n <= 5; n += 1) platform.source.write('a');
    await eventually(() => numbersOf([first, ...others])).toEqual(Array.from({ length: 21 }, () => [0, ...upTo(5)]));
    expect(platform.completed() - before).toBe(5);
    expect(first.seen[5]).toEqual({ kind: 'FACT', n: 5, by: { name: 'Ndapewa' } });
  });

  it('ends at its source with the last who leaves', async () => {
    const platform = await start(mode);
    const two = [follow(open(), ticksOf('a')), follow(open(), ticksOf('a'))];
    await begun(...two);
    await eventually(() => platform.source.readers()).toBe(1);
    two[0]!.leave();
    platform.source.write('a');
    await eventually(() => two[1]!.numbers()).toEqual([0, 1]);
    two[1]!.leave();
    await eventually(() => [platform.source.readers(), platform.gateway.streams.upstreams, platform.gateway.streams.subscribers]).toEqual([0, 0, 0]);
  });

  it('ends for all of them when its source has ended, after everything that it gave', async () => {
    const platform = await start(mode);
    const two = [follow(open(), ticksOf('a')), follow(open(), ticksOf('a'))];
    await begun(...two);
    platform.source.write('a');
    await eventually(() => numbersOf(two)).toEqual([[0, 1], [0, 1]]);
    platform.source.finish();
    await eventually(() => two.map(({ over }) => over())).toEqual(['complete', 'complete']);
    expect(two.flatMap(({ codes }) => codes())).toEqual([]);
  });
});

describe('who joins', () => {
  it('gets a first event of their own, and then everything, once', async () => {
    const platform = await start();
    const early = follow(open(), ticksOf('a'));
    await begun(early);
    for (let n = 1; n <= 3; n += 1) platform.source.write('a');
    await eventually(() => early.numbers()).toEqual([0, 1, 2, 3]);
    const late = follow(open(), ticksOf('a'));
    await begun(late);
    platform.source.write('a');
    await eventually(() => late.seen).toEqual([
      { kind: 'SNAPSHOT', n: 3, by: { name: 'Ndapewa' } },
      { kind: 'FACT', n: 4, by: { name: 'Ndapewa' } },
    ]);
    expect(early.numbers()).toEqual([0, 1, 2, 3, 4]);
  });

  it('shares the first event with those who come while it is being asked for', async () => {
    const platform = await start();
    const known = follow(open(), ticksOf('z'));
    await begun(known);
    // What gives cursors is known of the operation, so it is by variables that rooms differ here.
    const query = 'subscription ($room: String!) { ticks(room: $room) { kind n } }';
    const ask = (room: string) => {
      const seen: number[] = [];
      open().subscribe<{ ticks: { n: number } }>({ query, variables: { room } }, { next: ({ data }) => seen.push(data!.ticks.n), error: () => undefined, complete: () => undefined });
      return seen;
    };
    const one = ask('a');
    await eventually(() => one).toEqual([0]);
    const release = platform.source.hold();
    const opened = platform.source.opened.length;
    const crowd = Array.from({ length: 10 }, () => ask('b'));
    await eventually(() => platform.gateway.streams.subscribers).toBe(12);
    release();
    await eventually(() => crowd).toEqual(crowd.map(() => [0]));
    expect(platform.source.opened.length - opened).toBe(1);
  });

  it('with a cursor that the kept events reach gets what it missed at once, and nothing is opened for it', async () => {
    const platform = await start();
    const early = follow(open(), ticksOf('a'));
    await begun(early);
    const client = open();
    const away = follow(client, ticksOf('a'));
    await begun(away);
    platform.source.write('a');
    await eventually(() => numbersOf([early, away])).toEqual([[0, 1], [0, 1]]);
    away.leave();
    for (let n = 2; n <= 4; n += 1) platform.source.write('a');
    await eventually(() => early.numbers()).toEqual([0, 1, 2, 3, 4]);
    const opened = platform.source.opened.length;
    const back = follow(client, ticksOf('a'), away.cursor());
    platform.source.write('a');
    await eventually(() => back.numbers()).toEqual([2, 3, 4, 5]);
    expect(platform.source.opened.length).toBe(opened);
  });

  it('with a cursor from before the kept events catches up alone, then shares', async () => {
    const platform = await start('in process', { streams: { keptEvents: 3 } });
    platform.source.write('a');
    const early = follow(open(), ticksOf('a'));
    await begun(early);
    for (let n = 2; n <= 20; n += 1) platform.source.write('a');
    await eventually(() => early.numbers()).toEqual([1, ...upTo(20, 2)]);
    const back = follow(open(), ticksOf('a'), writeCursor({ source: 'ticks', sequence: 4n }));
    await eventually(() => back.numbers()).toEqual(upTo(20, 5));
    await eventually(() => platform.source.readers()).toBe(1);
    const before = platform.completed();
    platform.source.write('a');
    await eventually(() => numbersOf([early, back]).map((numbers) => numbers.at(-1))).toEqual([21, 21]);
    expect(platform.completed() - before).toBe(1);
  });

  it('is not kept waiting by one who still catches up: the shared stream is then that of the present', async () => {
    const platform = await start();
    for (let n = 1; n <= 50; n += 1) platform.source.write('a');
    const release = platform.source.hold();
    const back = follow(open(), ticksOf('a'), writeCursor({ source: 'ticks', sequence: 0n }));
    await eventually(() => platform.gateway.streams.subscribers).toBe(1);
    const fresh = follow(open(), ticksOf('a'));
    await eventually(() => platform.gateway.streams.subscribers).toBe(2);
    release();
    await eventually(() => numbersOf([back, fresh])).toEqual([upTo(50), [50]]);
    platform.source.write('a');
    await eventually(() => numbersOf([back, fresh])).toEqual([upTo(51), [50, 51]]);
    await eventually(() => platform.source.readers()).toBe(1);
  });

  it('to a stream without a first event is told of the next one, once, whoever else knows it already', async () => {
    const platform = await start();
    const early = follow(open(), ticksOf('a', 'kind n', 'news'));
    await eventually(() => platform.source.readers()).toBe(1);
    platform.source.write('a');
    await eventually(() => early.numbers()).toEqual([1]);
    const late = follow(open(), ticksOf('a', 'kind n', 'news'));
    await eventually(() => platform.source.readers()).toBe(2);
    platform.source.write('a');
    await eventually(() => numbersOf([early, late])).toEqual([[1, 2], [2]]);
    await eventually(() => platform.source.readers()).toBe(1);
    platform.source.write('a');
    await eventually(() => numbersOf([early, late])).toEqual([[1, 2, 3], [2, 3]]);
  });
});

describe('a stream is not shared', () => {
  it.each([
    ['between two people', { subject: 'u1' }, { subject: 'u2' }],
    ['between two scopes of one person', { subject: 'u1', scopes: ['a'] }, { subject: 'u1', scopes: ['b'] }],
  ])('%s, nor with nobody', async (_between, one, other) => {
    const platform = await start();
    const tokens = [platform.issuer.issue(one), platform.issuer.issue(other), undefined];
    const followers = tokens.map((token) => follow(open(token), ticksOf('a', 'kind n whose secret')));
    await begun(...followers);
    expect(platform.source.readers()).toBe(3);
    expect(followers.map(({ seen }) => seen[0]!.whose)).toEqual([one.subject, other.subject, 'anonymous']);
    platform.source.write('a');
    await eventually(() => numbersOf(followers)).toEqual([[0, 1], [0, 1], [0, 1]]);
    expect(followers.map(({ seen }) => seen.map((tick) => (tick as { secret?: number | null }).secret))).toEqual([[7, 7], [7, 7], [null, null]]);
  });

  it('where policies decide what is in it: they are asked for each subscriber, as they may depend on more than the actor', async () => {
    let asked = 0;
    const platform = await start('in process', { evaluatePolicies: async (names) => ((asked += 1), new Set(names)) });
    const followers = [follow(open(), ticksOf('a', 'kind n guarded')), follow(open(), ticksOf('a', 'kind n guarded'))];
    await begun(...followers);
    platform.source.write('a');
    await eventually(() => numbersOf(followers)).toEqual([[0, 1], [0, 1]]);
    expect([platform.source.readers(), asked]).toEqual([2, 6]);
  });

  it('but is between two tokens of one person', async () => {
    const platform = await start();
    const followers = ['a b', 'b a'].map((scopes) => follow(open(platform.issuer.issue({ scopes: scopes.split(' '), lifetimeSeconds: scopes === 'a b' ? 100 : 200 })), ticksOf('a')));
    await begun(...followers);
    await eventually(() => platform.source.readers()).toBe(1);
  });

  it('between other variables or other documents', async () => {
    const platform = await start();
    const followers = [ticksOf('a'), ticksOf('b'), ticksOf('a', 'kind n')].map((query) => follow(open(), query));
    await begun(...followers);
    expect(platform.source.readers()).toBe(3);
    platform.source.write('b');
    await eventually(() => followers[1]!.numbers()).toEqual([0, 1]);
    expect(numbersOf([followers[0]!, followers[2]!])).toEqual([[0], [0]]);
  });

  it('where the source gives no cursors: each has their own, which ends with an error when it breaks', async () => {
    const platform = await start();
    const followers = Array.from({ length: 3 }, () => follow(open(), ticksOf('a', 'kind n', 'plain')));
    await eventually(() => platform.source.readers()).toBe(3);
    platform.source.write('a');
    await eventually(() => numbersOf(followers)).toEqual([[0, 1], [0, 1], [0, 1]]);
    const late = follow(open(), ticksOf('a', 'kind n', 'plain'));
    await eventually(() => platform.source.readers()).toBe(4);
    platform.cut();
    await eventually(() => [...followers, late].map(({ over }) => over())).toEqual(Array.from({ length: 4 }, () => 'complete'));
    expect(late.messages.at(-1)!.errors).toHaveLength(1);
    expect(followers.map(({ messages }) => messages.at(-1)!.errors?.length)).toEqual([1, 1, 1]);
    expect(platform.gateway.streams).toMatchObject({ resumed: 0, upstreams: 0, subscribers: 0 });
  });
});

it('names no client to whoever completes a shared event, and none to its source', async () => {
  const platform = await start('in process');
  await begun(follow(open(), ticksOf('a')));
  expect(platform.clients()).toEqual([{ ip: null, userAgent: null }]);
});
