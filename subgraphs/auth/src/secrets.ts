import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A token that nobody guesses (256 bits), with what it is for in front. */
export const newSecret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** What is kept of a token. A plain hash is enough for 256 random bits; there is nothing to guess from. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** A stand-in for something guessable, that says nothing to whoever lacks the key. */
export const disguise = (text: string, key: string): string => createHmac('sha256', key).update(text).digest('base64url');
