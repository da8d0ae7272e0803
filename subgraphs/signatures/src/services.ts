import { fileStoreCheck, fileStoreConfigOf, openFileStore, type FileStore } from '@buffrsign/files';
import { createTokenIssuer, type Logger, type Part, type ServiceSource, type TokenIssuer } from '@buffrsign/kernel';
import type { SignatureLevel } from './__generated__/prisma/enums.ts';
import type { Database } from './database.ts';
import { levelOf } from './domain/level.ts';
import type { RetrySchedule } from './domain/sealing-retry.ts';
import type { Env } from './env.ts';
import { SealingFailure, type SealingEngine } from './sealing/engine.ts';
import { createAuthorities } from './sealing/pades/authorities.ts';
import { createPadesEngine } from './sealing/pades/engine.ts';
import { createTrust } from './sealing/pades/trust.ts';
import { createSigningLinks, type SigningLinks } from './services/signing-links.ts';
import { createVerification, type Verification } from './verification/service.ts';

/** What this subgraph works with beside its database. */
export interface Services {
  readonly files: FileStore;
  readonly engine: SealingEngine;
  /** The level that sealing must reach. */
  readonly sealLevel: SignatureLevel;
  readonly retrySchedule: RetrySchedule;
  readonly links: SigningLinks;
  readonly now: () => Date;
  readonly log: Logger;
  /** Lets guests in, by tokens of its own issuer: it can make nobody a member. */
  readonly tokens: TokenIssuer;
  /** Looks at PDFs for anybody who asks. */
  readonly verification: Verification;
}

const createEngine = (env: Env, now: () => Date): SealingEngine => {
  const seal = env.SEAL_CERTIFICATE && env.SEAL_KEY ? { certificatePath: env.SEAL_CERTIFICATE, keyPath: env.SEAL_KEY } : null;
  const trust = createTrust({ directory: env.TRUST_DIR, seal, now });
  return createPadesEngine({
    trust,
    authorities: createAuthorities(trust, { tsaUrls: env.TSA_URLS, tsaRoots: env.TSA_ROOTS, now }),
    // Signers' certificates come from the TEST authority whatever else is set.
    certificate: { verificationUrl: env.VERIFICATION_URL, testTrust: true },
    sealLevel: levelOf(env.SEAL_LEVEL),
    now,
  });
};

export const createServices = async ({ db, env, kernel, tools }: ServiceSource<Database, Env>): Promise<Services> => ({
  files: await openFileStore(fileStoreConfigOf(env)),
  sealLevel: levelOf(env.SEAL_LEVEL),
  retrySchedule: env.SEALING_RETRY_SECONDS,
  engine: createEngine(env, tools.now),
  now: tools.now,
  log: tools.log,
  links: createSigningLinks({ url: env.SIGNING_URL, dataKey: kernel.dataKey }),
  tokens: createTokenIssuer({ issuer: 'signatures', db, dataKey: kernel.dataKey, now: tools.now }),
  verification: await createVerification({ env, log: tools.log, now: tools.now }),
});

const isAway = (error: unknown): boolean => error instanceof SealingFailure && (error.obstacle === 'TIMESTAMP_UNAVAILABLE' || error.obstacle === 'REVOCATION_UNAVAILABLE');

const assertReady = async ({ engine, sealLevel, now, log }: Services): Promise<void> => {
  try {
    await engine.check({ level: sealLevel, until: now() });
  } catch (error) {
    if (!isAway(error)) throw error;
    log.error({ err: error, level: sealLevel }, 'nothing can be sealed or sent before this is mended');
  }
};

/** Without keys a platform does not start. An authority that is away is said in the log and keeps nothing from starting: what waits for it waits, and nothing is sent meanwhile. */
export const createParts = (services: Services): Part[] => [
  { name: 'files', start: () => Promise.resolve(), stop: () => services.files.close(), check: fileStoreCheck(services.files) },
  { name: 'sealing', start: () => assertReady(services), stop: () => Promise.resolve() },
  services.verification.part,
];
