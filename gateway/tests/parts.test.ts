import { describe, expect, it } from 'vitest';
import { createBoundedMap } from '../src/bounded-map.ts';
import { createOccupancy } from '../src/limits/occupancy.ts';
import { createPatience } from '../src/subscriptions/patience.ts';
import { createEventQueue } from '../src/transport/event-queue.ts';

describe('a bounded map', () => {
  it('forgets what was not used', () => {
    const map = createBoundedMap<string>(2);
    for (const key of ['a', 'b']) map.set(key, key);
    map.get('a');
    map.set('c', 'c');
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual(['a', undefined, 'c']);
  });

  it('counts weight, not entries, and keeps nothing that is too heavy by itself', () => {
    const map = createBoundedMap<string>(10, (text) => text.length);
    map.set('a', 'x'.repeat(6));
    map.set('a', 'x'.repeat(4));
    map.set('b', 'x'.repeat(6));
    expect([map.get('a'), map.get('b')]).toEqual(['xxxx', 'xxxxxx']);
    map.set('c', 'x'.repeat(11));
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual(['xxxx', 'xxxxxx', undefined]);
    map.set('a', 'x'.repeat(11));
    expect(['a', 'b'].map((key) => map.get(key))).toEqual([undefined, 'xxxxxx']);
  });

  it('takes in what is new where all that is kept was used, and forgets what is used no more', () => {
    const map = createBoundedMap<string>(3);
    for (const key of ['a', 'b', 'c']) map.set(key, key);
    for (const key of ['a', 'b', 'c']) map.get(key);
    map.set('d', 'd');
    expect([...map.values()].sort()).toEqual(['b', 'c', 'd']);
    map.get('c');
    for (const key of ['e', 'f']) map.set(key, key);
    expect([...map.values()].sort()).toEqual(['c', 'e', 'f']);
  });
});

describe('an event queue', () => {
  const drain = async (events: AsyncIterable<number>): Promise<unknown[]> => {
    const seen: unknown[] = [];
    try {
      for await (const event of events) seen.push(event);
    } catch (error) {
      seen.push(error);
    }
    return seen;
  };

  it('gives what came before its end', async () => {
    const queue = createEventQueue<number>(10, { overflow: () => 'overflow', left: () => undefined });
    for (const event of [1, 2]) queue.push(event);
    queue.end();
    queue.push(3);
    expect(await drain(queue.events)).toEqual([1, 2]);
  });

  it('takes no more than it may hold, and tells a slow reader', async () => {
    const queue = createEventQueue<number>(2, { overflow: () => 'too slow', left: () => undefined });
    for (const event of [1, 2, 3, 4]) queue.push(event);
    expect(await drain(queue.events)).toEqual([1, 2, 'too slow']);
  });
});

describe('patience with a source that breaks', () => {
  const withClock = () => {
    const clock = { now: 0 };
    return { clock, patience: createPatience({ resumeForMs: 60_000, backoffMs: 100 }, () => clock.now) };
  };

  it('waits longer each time, at most five seconds, and ends after its time', () => {
    const { clock, patience } = withClock();
    const waits: number[] = [];
    for (let wait = patience.failed(); wait !== undefined; wait = patience.failed()) {
      waits.push(wait);
      clock.now += wait;
      patience.asked();
    }
    expect(waits.slice(0, 6).every((wait, index) => wait >= 50 * 2 ** index && wait <= 100 * 2 ** index)).toBe(true);
    expect(Math.max(...waits)).toBeLessThanOrEqual(5_000);
    expect(clock.now).toBeGreaterThan(50_000);
    expect(clock.now).toBeLessThanOrEqual(60_000);
  });

  it('begins anew with one that gave something, and with one that was quiet for long before it broke', () => {
    for (const recover of ['arrived', 'quiet'] as const) {
      const { clock, patience } = withClock();
      for (let count = 0; count < 5; count += 1) patience.failed();
      patience.asked();
      if (recover === 'arrived') patience.arrived();
      clock.now += recover === 'quiet' ? 3_600_000 : 9_000;
      expect(patience.failed()).toBeLessThanOrEqual(100);
    }
  });
});

describe('occupancy', () => {
  it('gives a place back once, however often it is told to', () => {
    const occupancy = createOccupancy('chairs', { perClient: 2, inAll: 3 });
    const leave = occupancy.enter('a') as () => void;
    occupancy.enter('a');
    expect(occupancy.enter('a')).toBe('Your address has 2 chairs open, the most there may be. Close some, then try again.');
    expect(occupancy.enter(null)).toBeTypeOf('function');
    expect(occupancy.enter('b')).toBe('All 3 chairs of this gateway are taken. Try again shortly.');
    leave();
    leave();
    expect([occupancy.enter('a'), occupancy.enter('a')]).toEqual([expect.any(Function), expect.stringContaining('Your address')]);
  });
});
