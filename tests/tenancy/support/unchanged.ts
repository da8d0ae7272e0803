import { expect } from 'vitest';
import type { Records } from './records.ts';

/**
 * Runs something, waits for all that follows from it, and sees that nothing of an organization is otherwise than before.
 * From the first call to the last nothing else may change it: what was there after one is what is there before the next.
 */
export type WithoutChange = <Result>(work: () => Promise<Result>) => Promise<Result>;

export const createWithoutChange = (records: Records, organizationId: string): WithoutChange => {
  let last: Readonly<Record<string, string>> | undefined;
  return async (work) => {
    const before = (last ??= await records.digest(organizationId));
    const result = await work();
    await records.settled();
    last = await records.digest(organizationId);
    expect(last).toEqual(before);
    return result;
  };
};
