import type { TimestampAuthority } from '../tsp/authority.ts';

/** For the first token of an authority that nothing is known of; with its certificates one has 3 to 7 KB. */
const FIRST_ROOM = 8192;
/** Tokens of one authority differ by the length of a serial number, an accuracy, a signature value. */
const SLACK = 256;
/** A second or third attempt asks signer and authority again; an authority that keeps growing is not waited for. */
export const ATTEMPTS_MAX = 3;

const seen = new WeakMap<TimestampAuthority, number>();

/** Bytes to keep free for the next token of an authority: from the largest it gave so far. */
export function tokenRoom(authority: TimestampAuthority, first = FIRST_ROOM): number {
  const known = seen.get(authority);
  return known === undefined ? first : known + SLACK;
}

export function rememberToken(authority: TimestampAuthority, token: Uint8Array): void {
  seen.set(authority, Math.max(seen.get(authority) ?? 0, token.length));
}
