import { createHmac, randomBytes } from 'node:crypto';
import { sameBytes } from './bytes.ts';
import { canonicalBytes, type Json } from './canonical.ts';
import { TransparencyRefusal } from './refusal.ts';

/** As long as the hash: nobody guesses a salt, so nobody can try out names against a commitment without it. */
export const SALT_BYTES = 32;

/** A fresh salt, for one commitment only. */
export const newSalt = (): Buffer => randomBytes(SALT_BYTES);

/**
 * What stands for personal data in what is hashed: HMAC-SHA-256 of their canonical JSON under a salt. Whoever has data
 * and salt can show that these and no other data were meant; once both are erased, nothing of them can be found again,
 * and what contains the commitment proves as well as before.
 */
export const commit = (data: Json, salt: Uint8Array): Buffer => {
  if (salt.length !== SALT_BYTES) throw new TransparencyRefusal('NOT_CANONICAL', `A salt has ${SALT_BYTES} bytes, this one has ${salt.length}.`);
  return createHmac('sha256', salt).update(canonicalBytes(data)).digest();
};

/** Whether these are the data that were meant. */
export const opens = (commitment: Uint8Array, data: Json, salt: Uint8Array): boolean => salt.length === SALT_BYTES && sameBytes(commit(data, salt), commitment);
