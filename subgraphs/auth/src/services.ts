import { createTokenIssuer, seal, type ServiceSource, type TokenIssuer } from '@buffrsign/kernel';
import type { z } from 'zod';
import type { Database } from './database.ts';
import type { envModel } from './env.ts';
import { createPasswordHasher, type PasswordHasher } from './password-hasher.ts';
import { disguise } from './secrets.ts';

/** What this subgraph works with beside its database. */
export interface Services {
  readonly passwords: PasswordHasher;
  readonly tokens: TokenIssuer;
  /** Encrypts for another subgraph what must not lie readable in a log of facts. */
  seal(text: string): string;
  /** A stand-in for something guessable, to compare by. */
  disguise(text: string): string;
}

export const createServices = ({ db, env, kernel, tools }: ServiceSource<Database, z.output<typeof envModel>>): Services => ({
  passwords: createPasswordHasher({ memoryKib: env.AUTH_ARGON2_MEMORY_KIB, passes: env.AUTH_ARGON2_PASSES }),
  tokens: createTokenIssuer({ issuer: 'auth', db, dataKey: kernel.dataKey, now: tools.now }),
  seal: (text) => seal(text, kernel.dataKey),
  disguise: (text) => disguise(text, kernel.dataKey),
});
