import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { whenAborted } from '../src/transport/when-aborted.ts';

describe('what waits for a signal', () => {
  it('is called once, when it aborts, by one listener for all', () => {
    const controller = new AbortController();
    const called: number[] = [];
    whenAborted(controller.signal, () => called.push(1));
    whenAborted(controller.signal, () => called.push(2));
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort();
    controller.abort();
    expect(called).toEqual([1, 2]);
  });

  it('is not called when it is over', () => {
    const controller = new AbortController();
    const called: number[] = [];
    const over = whenAborted(controller.signal, () => called.push(1));
    whenAborted(controller.signal, () => called.push(2));
    over();
    controller.abort();
    expect(called).toEqual([2]);
  });
});
