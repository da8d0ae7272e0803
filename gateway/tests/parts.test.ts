import { describe, expect, it } from 'vitest';
import { createBoundedMap } from '../src/bounded-map.ts';
import { createEventQueue } from '../src/transport/event-queue.ts';

describe('a bounded map', () => {
  it('forgets what was used longest ago', () => {
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
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([undefined, undefined, undefined]);
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
