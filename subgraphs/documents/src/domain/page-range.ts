import { Problem } from '@buffrsign/kernel';

/** Pages of one version: `count` of them, from number `from` on. */
export interface PageRange {
  readonly versionId: string;
  readonly from: number;
  readonly count: number;
}

const MAX_COUNT = 100;

/** @throws Problem BAD_USER_INPUT when `from` is less than 1 or `count` is not 1 to 100. */
export const pageRange = (versionId: string, from: number, count: number): PageRange => {
  if (from < 1) throw new Problem('BAD_USER_INPUT', { message: '`from` is the number of a page: 1 or more.' });
  if (count < 1 || count > MAX_COUNT) throw new Problem('BAD_USER_INPUT', { message: `\`count\` must be from 1 to ${MAX_COUNT}.` });
  return { versionId, from, count };
};
