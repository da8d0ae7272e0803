import { expect } from 'vitest';

/** Waits for a condition, also on a machine that is busy with other tests. */
export const eventually = <Value>(get: () => Value, options: { timeout?: number; interval?: number } = {}) => expect.poll(get, { timeout: 15_000, ...options });
