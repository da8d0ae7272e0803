import { describe, expect, test } from 'vitest';
import { until } from '@buffrsign/kernel/testing';
import type { Gap } from '../src/index.ts';
import { createHarness } from './support/harness.ts';
import { HAPPENED } from './support/log-server.ts';

const harness = createHarness();

const gapsOf = () => {
  const gaps: Gap[] = [];
  return { gaps, onGap: (gap: Gap) => void gaps.push(gap) };
};

describe('a subscription', () => {
  test('goes on after a cut connection with what was missed, in order, each once', async () => {
    const { values } = await harness.watch(harness.connect());
    harness.log.append('a', 1);
    await until('the first', () => values.length === 1);
    harness.log.cut();
    for (const value of [2, 3, 4]) harness.log.append('a', value);
    await until('the others', () => values.length === 4);
    expect(values).toEqual([1, 2, 3, 4]);
    expect(harness.log.asked.map(({ cursor }) => cursor)).toEqual([undefined, 'after-1']);
  });

  test('goes on after the server was down and is back', async () => {
    const { values, outcome } = await harness.watch(harness.connect());
    harness.log.append('a', 1);
    await until('the first', () => values.length === 1);
    await harness.log.stop();
    harness.log.append('a', 2);
    await harness.log.start();
    await until('the second', () => values.length === 2);
    expect({ values, outcome }).toEqual({ values: [1, 2], outcome: {} });
  });

  test.each(['STREAM_INTERRUPTED', 'SUBSCRIPTION_SCHEMA_RELOAD', 'UNAVAILABLE'])('that was interrupted by %s is taken up again, and its reader is not told', async (code) => {
    const { values, outcome } = await harness.watch(harness.connect());
    harness.log.append('a', 1);
    await until('the first', () => values.length === 1);
    // The source stays away for a while: it refuses the first tries, too.
    harness.log.server.refuseNext.push(code, code);
    harness.log.interrupt(code);
    await until('the tries to be refused', () => harness.log.server.refuseNext.length === 0);
    harness.log.append('a', 2);
    await until('the second', () => values.length === 2);
    expect({ values, outcome }).toEqual({ values: [1, 2], outcome: {} });
    expect(harness.log.asked.map(({ cursor }) => cursor)).toEqual([undefined, 'after-1', 'after-1', 'after-1']);
  });

  test('ends with any other error, as without this package', async () => {
    const refused = await harness.watch(harness.connect({ interruptions: ['MY_CODE'] }));
    harness.log.interrupt('MY_CODE');
    await until('it to be taken up again', () => harness.log.asked.length === 2);
    await until('it to be open', () => harness.log.open() === 1);
    harness.log.server.refuseNext.push('NOT_FOUND');
    const results: unknown[] = [];
    harness.connect().subscribe({ query: HAPPENED, variables: { topic: 'a' } }, { next: (result) => void results.push(result), error: () => undefined, complete: () => void results.push('complete') });
    await until('the refusal', () => results.length === 2);
    expect(results).toEqual([{ errors: [expect.objectContaining({ extensions: { code: 'NOT_FOUND' } })] }, 'complete']);
    expect(refused.outcome).toEqual({});
  });

  test('that the server completed is over: a lost connection does not bring it back', async () => {
    const client = harness.connect({ lazy: false });
    const { values, outcome } = await harness.watch(client);
    harness.log.append('a', 1);
    await until('the first', () => values.length === 1);
    harness.log.complete();
    await until('the end', () => outcome.ended);
    const connections = harness.log.counts.connections;
    harness.log.cut();
    await until('the client to be back', () => harness.log.counts.connections > connections);
    expect({ ended: outcome.ended, asked: harness.log.asked.length }).toEqual({ ended: 'complete', asked: 1 });
  });

  test('begins where a cursor says that was kept by the application', async () => {
    for (const value of [1, 2, 3]) harness.log.append('a', value);
    const { values } = await harness.watch(harness.connect(), 'a', { cursor: 'after-1', trace: 'mine' });
    await until('the two', () => values.length === 2);
    expect(values).toEqual([2, 3]);
  });

  test.each(['CURSOR_EXPIRED', 'CURSOR_INVALID'] as const)('whose cursor is refused with %s begins anew, and the application hears of the gap once it is open', async (reason) => {
    const { gaps, onGap } = gapsOf();
    const { values, outcome } = await harness.watch(harness.connect({ onGap }));
    harness.log.append('a', 1);
    await until('the first', () => values.length === 1);
    harness.log.server.refuseNext.push(reason);
    harness.log.cut();
    await until('the gap', () => gaps.length === 1);
    await until('it to be open', () => harness.log.open() === 1);
    harness.log.append('a', 2);
    await until('the second', () => values.at(-1) === 2);
    expect({ outcome, gaps }).toEqual({ outcome: {}, gaps: [{ reason, payload: { query: HAPPENED, variables: { topic: 'a' } } }] });
    expect(harness.log.asked.map(({ cursor }) => cursor)).toEqual([undefined, 'after-1', undefined]);
  });

  test('that is refused with CURSOR_INVALID without having sent a cursor ends: it would be refused for ever', async () => {
    harness.log.server.refuseNext.push('CURSOR_INVALID');
    const results: unknown[] = [];
    harness.connect().subscribe({ query: HAPPENED, variables: { topic: 'a' } }, { next: (result) => void results.push(result), error: () => undefined, complete: () => void results.push('complete') });
    await until('the end', () => results.at(-1) === 'complete');
    expect(results).toHaveLength(2);
  });

  test('that was cut off before it had a cursor reports a gap: what happened meanwhile is not to be had', async () => {
    const { gaps, onGap } = gapsOf();
    await harness.watch(harness.connect({ onGap }));
    harness.log.cut();
    await until('the gap', () => gaps.length === 1);
    expect(gaps[0]!.reason).toBe('NO_CURSOR');
  });

  test('to a server that gives no cursors reports a gap each time that it is sent again', async () => {
    harness.log.server.withCursors = false;
    const { gaps, onGap } = gapsOf();
    const { values } = await harness.watch(harness.connect({ onGap }));
    for (const times of [1, 2]) {
      harness.log.append('a', times);
      await until('the event', () => values.length === times);
      harness.log.cut();
      await until('the gap', () => gaps.length === times);
      await until('it to be open', () => harness.log.open() > 0 && harness.log.sockets() === 1);
    }
    expect(gaps.map(({ reason }) => reason)).toEqual(['NO_CURSOR', 'NO_CURSOR']);
  });

  test('that is unsubscribed while there is no connection never comes back', async () => {
    const client = harness.connect();
    const left = await harness.watch(client);
    const stayed = await harness.watch(client, 'b');
    await harness.log.stop();
    left.unsubscribe();
    expect(left.outcome.ended).toBe('complete');
    await harness.log.start();
    await until('the other to be back', () => harness.log.open() === 1);
    harness.log.append('a', 1);
    harness.log.append('b', 2);
    await until('the other’s event', () => stayed.values.length === 1);
    expect({ left: left.values, open: harness.log.open() }).toEqual({ left: [], open: 1 });
  });

  test('that is unsubscribed, or whose client is disposed of, while it waits to be taken up again never comes back', async () => {
    const client = harness.connect({ backoff: () => 20 });
    const first = await harness.watch(client);
    const second = await harness.watch(client);
    harness.log.interrupt('UNAVAILABLE');
    await until('both to be gone', () => harness.log.open() === 0);
    first.unsubscribe();
    await client.dispose();
    expect([first.outcome.ended, second.outcome.ended]).toEqual(['complete', 'complete']);
    await harness.watch(harness.connect(), 'c');
    expect(harness.log.asked).toHaveLength(3);
  });
});
