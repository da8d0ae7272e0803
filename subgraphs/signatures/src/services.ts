import { fileStoreConfigOf, openFileStore, type FileStore } from '@buffrsign/files';
import { createTokenIssuer, type Part, type ServiceSource, type TokenIssuer } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type { Env } from './env.ts';
import type { SealingEngine } from './sealing/engine.ts';
import { createPadesEngine } from './sealing/pades-engine.ts';
import { createSigningLinks, type SigningLinks } from './services/signing-links.ts';
import { createVerification, type Verification } from './verification/service.ts';

/** What this subgraph works with beside its database. */
export interface Services {
  readonly files: FileStore;
  readonly engine: SealingEngine;
  readonly links: SigningLinks;
  /** Lets guests in, by tokens of its own issuer: it can make nobody a member. */
  readonly tokens: TokenIssuer;
  /** Looks at PDFs for anybody who asks. */
  readonly verification: Verification;
}

export const createServices = async ({ db, env, kernel, tools }: ServiceSource<Database, Env>): Promise<Services> => ({
  files: await openFileStore(fileStoreConfigOf(env)),
  engine: createPadesEngine({ trustDirectory: env.TRUST_DIR, now: tools.now }),
  links: createSigningLinks({ url: env.SIGNING_URL, dataKey: kernel.dataKey }),
  tokens: createTokenIssuer({ issuer: 'signatures', db, dataKey: kernel.dataKey, now: tools.now }),
  verification: await createVerification({ env, log: tools.log, now: tools.now }),
});

/** A platform that cannot seal does not start: better now than when everybody has signed. */
export const createParts = ({ files, engine, verification }: Services): Part[] => [
  { name: 'files', start: () => Promise.resolve(), stop: () => files.close() },
  { name: 'sealing', start: () => engine.check(), stop: () => Promise.resolve() },
  verification.part,
];
