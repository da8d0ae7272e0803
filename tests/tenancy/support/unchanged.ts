import { expect } from 'vitest';
import type { Records } from './records.ts';

export interface Unchanged {
  /**
   * Runs something, waits for all that follows from it, and sees that nothing of an organization is otherwise than
   * before: from the first call to the last nothing else may change it, so what was there after one is what is there
   * before the next.
   */
  during<Result>(organizationId: string, work: () => Promise<Result>): Promise<Result>;
}

export const createUnchanged = (records: Records): Unchanged => {
  let last: Readonly<Record<string, string>> | undefined;
  return {
    async during(organizationId, work) {
      const before = (last ??= await records.digest(organizationId));
      const result = await work();
      await records.settled();
      last = await records.digest(organizationId);
      expect(last).toEqual(before);
      return result;
    },
  };
};
