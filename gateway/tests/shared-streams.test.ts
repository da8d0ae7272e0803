import { Problem, writeCursor } from '@buffrsign/kernel/gateway';
import type { Client } from 'graphql-ws';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../src/index.ts';
import { follow, openClient, ticksOf, upTo, type Follower } from './support/follower.ts';
import { eventually } from './support/eventually.ts';
import { startLogPlatform, type LogPlatform } from './support/log-platform.ts';
import { modes, type Mode } from './support/platform.ts';

let platform: LogPlatform;
const clients: Client[] = [];
const start = async (mode: Mode = 'in process', more: Partial<GatewayOptions> = {}): Promise<void> => {
  platform = await startLogPlatform(mode, more);
};
const open = (token?: string): Client => {
  const client = openClient(platform.gateway.subscriptionUrl, token);
  clients.push(client);
  return client;
};
const begun = (...followers: Follower[]) => eventually(() => followers.every(({ seen }) => seen.length > 0)).toBe(true);
const numbersOf = (followers: readonly Follower[]) => followers.map((follower) => follower.numbers());

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
  await platform.stop();
});

describe.each(modes)('a stream that many ask for, its subgraph %s', (mode) => {
  it('is opened once, and each event completed once, for all of them', async () => {
    await start(mode);
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
    await start(mode);
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
    await start(mode);
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
    await start();
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
    await start();
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
    await start();
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
    await start('in process', { streams: { keptEvents: 3 } });
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
    await start();
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
    await start();
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
    await start();
    const tokens = [platform.issuer.issue(one), platform.issuer.issue(other), undefined];
    const followers = tokens.map((token) => follow(open(token), ticksOf('a', 'kind n whose secret')));
    await begun(...followers);
    expect(platform.source.readers()).toBe(3);
    expect(followers.map(({ seen }) => seen[0]!.whose)).toEqual([one.subject, other.subject, 'anonymous']);
    platform.source.write('a');
    await eventually(() => numbersOf(followers)).toEqual([[0, 1], [0, 1], [0, 1]]);
    expect(followers.map(({ seen }) => seen.map((tick) => (tick as { secret?: number | null }).secret))).toEqual([[7, 7], [7, 7], [null, null]]);
  });

  it('but is between two tokens of one person', async () => {
    await start();
    const followers = ['a b', 'b a'].map((scopes) => follow(open(platform.issuer.issue({ scopes: scopes.split(' '), lifetimeSeconds: scopes === 'a b' ? 100 : 200 })), ticksOf('a')));
    await begun(...followers);
    await eventually(() => platform.source.readers()).toBe(1);
  });

  it('between other variables or other documents', async () => {
    await start();
    const followers = [ticksOf('a'), ticksOf('b'), ticksOf('a', 'kind n')].map((query) => follow(open(), query));
    await begun(...followers);
    expect(platform.source.readers()).toBe(3);
    platform.source.write('b');
    await eventually(() => followers[1]!.numbers()).toEqual([0, 1]);
    expect(numbersOf([followers[0]!, followers[2]!])).toEqual([[0], [0]]);
  });

  it('where the source gives no cursors: each has their own, which ends with an error when it breaks', async () => {
    await start();
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

describe('a cursor that is refused', () => {
  it.each([
    ['of another source', writeCursor({ source: 'people', sequence: 1n }), 'CURSOR_INVALID'],
    ['that is none', 'nonsense', 'CURSOR_INVALID'],
    ['of what has not happened', writeCursor({ source: 'ticks', sequence: 99n }), 'CURSOR_INVALID'],
    ['of what is no longer kept', writeCursor({ source: 'ticks', sequence: 1n }), 'CURSOR_EXPIRED'],
  ] as const)('%s comes back as its code, while others follow', async (_what, cursor, code) => {
    await start('in process', { streams: { keptEvents: 1 } });
    for (let n = 1; n <= 3; n += 1) platform.source.write('a');
    const other = follow(open(), ticksOf('a'));
    await begun(other);
    platform.source.write('a');
    await eventually(() => other.numbers()).toEqual([3, 4]);
    platform.source.expire();
    const back = follow(open(), ticksOf('a'), cursor);
    await eventually(() => [back.codes(), back.over()]).toEqual([[code], 'complete']);
    platform.source.write('a');
    await eventually(() => other.numbers()).toEqual([3, 4, 5]);
  });

  it('that is no text is refused before anything is opened', async () => {
    await start();
    let error: unknown;
    open().subscribe({ query: ticksOf('a'), extensions: { cursor: 7 } }, { next: () => undefined, error: (one) => (error = one), complete: () => undefined });
    await eventually(() => error).toMatchObject([{ extensions: { code: 'CURSOR_INVALID' } }]);
    expect(platform.source.opened).toEqual([]);
  });

  it('costs only who sent it, also when it came first and others follow the stream that it opened', async () => {
    await start();
    for (let n = 1; n <= 5; n += 1) platform.source.write('a');
    const elsewhere = follow(open(), ticksOf('b'));
    await begun(elsewhere);
    const release = platform.source.hold();
    platform.source.expire();
    // The hold keeps reads back, not refusals; so the log refuses only once both are there.
    platform.source.refuse(() => new Problem('CURSOR_EXPIRED'));
    const expired = follow(open(), ticksOf('a'), writeCursor({ source: 'ticks', sequence: 5n }));
    await eventually(() => platform.gateway.streams.subscribers).toBe(2);
    const same = follow(open(), ticksOf('a'), writeCursor({ source: 'ticks', sequence: 5n }));
    await eventually(() => platform.gateway.streams.subscribers).toBe(3);
    expect(platform.source.opened.length).toBe(2);
    release();
    await eventually(() => [expired.codes(), same.codes()]).toEqual([['CURSOR_EXPIRED'], ['CURSOR_EXPIRED']]);
  });

  it('after the log went back is refused to all, and nobody waits for what will not come', async () => {
    await start();
    for (let n = 1; n <= 5; n += 1) platform.source.write('a');
    const first = follow(open(), ticksOf('a'));
    await begun(first);
    platform.source.restore(2);
    platform.cut();
    await eventually(() => [first.codes(), first.over()]).toEqual([['CURSOR_INVALID'], 'complete']);
    const fresh = follow(open(), ticksOf('a'));
    await begun(fresh);
    const stale = follow(open(), ticksOf('a'), first.cursor());
    await eventually(() => [stale.codes(), stale.over()]).toEqual([['CURSOR_INVALID'], 'complete']);
    platform.source.write('a');
    await eventually(() => fresh.numbers()).toEqual([2, 3]);
  });
});

describe('what the actor may no longer see', () => {
  it('ends the stream for all with the subgraph’s words, and is not asked for again and again', async () => {
    await start();
    const two = [follow(open(), ticksOf('a')), follow(open(), ticksOf('a'))];
    await begun(...two);
    await eventually(() => platform.source.readers()).toBe(1);
    platform.source.refuse(() => new Problem('NOT_FOUND'));
    await eventually(() => two.map(({ over, codes }) => [over(), codes()])).toEqual([['complete', ['NOT_FOUND']], ['complete', ['NOT_FOUND']]]);
    expect(platform.gateway.streams).toMatchObject({ resumed: 0, upstreams: 0, subscribers: 0 });
  });
});

describe('an event that cannot be read', () => {
  it('because it is no longer the actor’s to see ends the stream, and comes to who goes on from the one before once it is', async () => {
    await start();
    const follower = follow(open(), ticksOf('a'));
    await begun(follower);
    platform.source.hide(() => new Problem('NOT_FOUND'));
    platform.source.write('a');
    await eventually(() => [follower.codes(), follower.over()]).toEqual([['NOT_FOUND'], 'complete']);
    expect(platform.gateway.streams).toMatchObject({ resumed: 0, upstreams: 0 });
    platform.source.hide(undefined);
    const back = follow(open(), ticksOf('a'), follower.cursor());
    await eventually(() => back.numbers()).toEqual([1]);
  });

  it('because something failed is read again, and nobody notices', async () => {
    await start();
    const follower = follow(open(), ticksOf('a'));
    await begun(follower);
    platform.source.hide(() => new Problem('INTERNAL'));
    platform.source.write('a');
    await eventually(() => platform.gateway.streams.resumed).toBe(1);
    platform.source.hide(undefined);
    platform.source.write('a');
    await eventually(() => follower.numbers()).toEqual([0, 1, 2]);
    expect(follower.codes()).toEqual([]);
  });

  it('is an event like any other where the source gives no cursors', async () => {
    await start();
    const follower = follow(open(), ticksOf('a', 'kind n', 'plain'));
    await begun(follower);
    platform.source.hide(() => new Problem('INTERNAL'));
    platform.source.write('a');
    await eventually(() => follower.codes()).toEqual(['INTERNAL']);
    platform.source.hide(undefined);
    platform.source.write('a');
    await eventually(() => follower.numbers()).toEqual([0, 2]);
  });
});

it('names no client to whoever completes a shared event, and none to its source', async () => {
  await start('in process');
  await begun(follow(open(), ticksOf('a')));
  expect(platform.clients()).toEqual([{ ip: null, userAgent: null }]);
});
