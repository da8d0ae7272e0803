import { Problem, writeCursor } from '@buffrsign/kernel/gateway';
import { describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { follow, ticksOf } from './support/follower.ts';
import { begun, useStreams } from './support/stream-world.ts';

const { start, open } = useStreams();

describe('a cursor that is refused', () => {
  it.each([
    ['of another source', writeCursor({ source: 'people', sequence: 1n }), 'CURSOR_INVALID'],
    ['that is none', 'nonsense', 'CURSOR_INVALID'],
    ['of what has not happened', writeCursor({ source: 'ticks', sequence: 99n }), 'CURSOR_INVALID'],
    ['of what is no longer kept', writeCursor({ source: 'ticks', sequence: 1n }), 'CURSOR_EXPIRED'],
  ] as const)('%s comes back as its code, while others follow', async (_what, cursor, code) => {
    const platform = await start('in process', { streams: { keptEvents: 1 } });
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
    const platform = await start();
    let error: unknown;
    open().subscribe({ query: ticksOf('a'), extensions: { cursor: 7 } }, { next: () => undefined, error: (one) => (error = one), complete: () => undefined });
    await eventually(() => error).toMatchObject([{ extensions: { code: 'CURSOR_INVALID' } }]);
    expect(platform.source.opened).toEqual([]);
  });

  it('costs only who sent it, also when it came first and others follow the stream that it opened', async () => {
    const platform = await start();
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
    const platform = await start();
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
    const platform = await start();
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
    const platform = await start();
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
    const platform = await start();
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
    const platform = await start();
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
