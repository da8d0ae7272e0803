import { v7 } from 'uuid';

/** Crockford's base 32, lower case: sorts like the number it writes, and no letter is taken for a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

const base32 = (bytes: Uint8Array): string => {
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  let text = '';
  for (let digit = 0; digit < 26; digit += 1) {
    text = ALPHABET[Number(number & 31n)]! + text;
    number >>= 5n;
  }
  return text;
};

/** A new id: what it is, then a UUIDv7 (RFC 9562) in 26 characters. Ids of one process sort in the order of making. */
export const newId = <Prefix extends string>(prefix: Prefix): `${Prefix}_${string}` => `${prefix}_${base32(v7(undefined, new Uint8Array(16)))}`;

/** Whether a text looks like an id of this prefix. Says nothing about whether the thing exists. */
export const isId = (prefix: string, text: string): boolean => text.startsWith(`${prefix}_`) && /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text.slice(prefix.length + 1));
