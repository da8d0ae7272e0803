import { v7 } from 'uuid';
import { systemClock } from '../runtime/clock.ts';

/** Crockford's base 32, lower case: sorts like the number it writes, and no letter is taken for a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID_BYTES = 16;

/** The system is asked for many random bytes at once: each asking costs more than a whole id. */
const pool = new Uint8Array(256 * UUID_BYTES);
let taken = pool.length;
const randomBytes = (): Uint8Array => {
  if (taken === pool.length) {
    crypto.getRandomValues(pool);
    taken = 0;
  }
  taken += UUID_BYTES;
  return pool.subarray(taken - UUID_BYTES, taken);
};

let [msecs, seq] = [0, 0];
/** Within one millisecond ids count up from a random number (RFC 9562, 6.2, method 1); the time never goes back. */
const next = (): { readonly msecs: number; readonly seq: number; readonly random: Uint8Array } => {
  const [now, random] = [systemClock().getTime(), randomBytes()];
  if (now > msecs) [msecs, seq] = [now, ((random[6]! & 0x7f) << 24) | (random[7]! << 16) | (random[8]! << 8) | random[9]!];
  else seq += 1;
  return { msecs, seq, random };
};

/** The number after a first byte that is nothing, so that every digit is within two bytes; and one more byte for the last. */
const bytes = new Uint8Array(1 + UUID_BYTES + 1);

const base32 = (): string => {
  let text = '';
  // 26 digits have two bits more than the number.
  for (let bit = 6; bit < 136; bit += 5) {
    const byte = bit >> 3;
    text += ALPHABET[(((bytes[byte]! << 8) | bytes[byte + 1]!) >> (11 - (bit & 7))) & 31];
  }
  return text;
};

/** A new id: what it is, then a UUIDv7 (RFC 9562) in 26 characters. Ids of one process sort in the order of making. */
export const newId = <Prefix extends string>(prefix: Prefix): `${Prefix}_${string}` => {
  v7(next(), bytes, 1);
  return `${prefix}_${base32()}`;
};

/** Whether a text looks like an id of this prefix. Says nothing about whether the thing exists. */
export const isId = (prefix: string, text: string): boolean => text.startsWith(`${prefix}_`) && /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text.slice(prefix.length + 1));
