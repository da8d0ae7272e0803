import { hash, verify } from '@node-rs/argon2';
import { newSecret } from './secrets.ts';

/** What one hash costs: memory in KiB, passes over it. */
export interface HashCost {
  readonly memoryKib: number;
  readonly passes: number;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Whether a password is the one of a hash. Without a hash, false after the same work: the time tells nothing. */
  verify(hash: string | null, password: string): Promise<boolean>;
  /** Whether a hash was made at another cost than that of today. */
  isOutdated(hash: string): boolean;
}

/** Hashes by argon2id (RFC 9106), one lane, off the main thread. */
export const createPasswordHasher = ({ memoryKib, passes }: HashCost): PasswordHasher => {
  // The library's own default algorithm is argon2id.
  const make = (password: string) => hash(password, { memoryCost: memoryKib, timeCost: passes, parallelism: 1 });
  let nobody: Promise<string> | undefined;
  return {
    hash: make,
    async verify(known, password) {
      const matches = await verify(known ?? (await (nobody ??= make(newSecret('nobody')))), password);
      return known !== null && matches;
    },
    isOutdated: (known) => !known.startsWith(`$argon2id$v=19$m=${memoryKib},t=${passes},p=1$`),
  };
};
