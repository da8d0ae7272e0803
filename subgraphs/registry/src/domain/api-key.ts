import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** Usable keys of one program at most. */
export const MAX_ACTIVE_KEYS = 10;
const SECRET_BYTES = 32;
const PREFIX_LENGTH = 12;

export const newApiKeyModel = z.object({
  name: z.string().trim().min(1, 'Say what the key is for.').max(100, 'A name has at most 100 characters.'),
  scopes: z
    .array(z.string())
    .min(1, 'Name at least one scope.')
    .transform((scopes) => [...new Set(scopes)].sort()),
  expiresAt: z.date().nullish(),
});

/** By what a presented key is found. The secret is 256 random bits, so a plain hash gives nothing to guess. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A new secret, and the parts of it that are kept. */
export const newSecret = (): { readonly secret: string; readonly prefix: string; readonly hash: string } => {
  const secret = `bsk_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { secret, prefix: secret.slice(0, PREFIX_LENGTH), hash: hashOf(secret) };
};

/** Whether a key may still be used. Taken back outweighs over. */
export const stateOf = (key: { readonly revokedAt: Date | null; readonly expiresAt: Date | null }, now: Date): 'ACTIVE' | 'EXPIRED' | 'REVOKED' => {
  if (key.revokedAt) return 'REVOKED';
  return key.expiresAt && key.expiresAt <= now ? 'EXPIRED' : 'ACTIVE';
};
