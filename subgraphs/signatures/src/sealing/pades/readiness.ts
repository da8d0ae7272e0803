import { signUpdate } from '@buffrsign/pades';
import { createHash, X509Certificate } from 'node:crypto';
import type { SignatureLevel } from '../../__generated__/prisma/enums.ts';
import { needsRevocation, needsTimestamp } from '../../domain/level.ts';
import { SealingFailure } from '../engine.ts';
import { guardRevocation, observe, type Authorities } from './authorities.ts';
import { orFailure, sealingFailure } from './failure.ts';
import type { Trust } from './trust.ts';

/** How long what was found counts. Authorities are not asked at every sending, and a fault that is gone is soon forgotten. */
const GOOD_FOR_MS = 60_000;
const BAD_FOR_MS = 5_000;

const withoutRoot = (chain: readonly Uint8Array[]): Uint8Array[] =>
  chain.filter((der) => {
    const certificate = new X509Certificate(der);
    return !certificate.checkIssued(certificate);
  });

/** When the first of the seal's certificates ends. */
const endOf = async (trust: Trust): Promise<Date> => {
  const { certificate, chain } = await trust.seal();
  return new Date(Math.min(...[certificate, ...chain].map((der) => new X509Certificate(der).validToDate.getTime())));
};

const assertSigns = async (trust: Trust, blank: Uint8Array, now: Date): Promise<void> => {
  const [signer] = await Promise.all([trust.seal(), trust.signers.check(now)]);
  // A signature proves more than looking at keys and certificates would.
  await signUpdate(blank, { signer, signedAt: now });
};

const assertRevocationKnown = async (trust: Trust, { revocation }: Authorities, now: Date): Promise<void> => {
  const { certificate, chain } = await trust.seal();
  const source = guardRevocation(await revocation());
  const path = [certificate, ...withoutRoot(chain)];
  for (const [index, der] of path.entries()) {
    const issuer = path[index + 1] ?? chain.at(-1);
    if (issuer) await source.fetch(der, issuer, now);
  }
};

export interface ReadinessParts {
  readonly trust: Trust;
  readonly authorities: Authorities;
  /** An empty PDF to try on. */
  readonly blank: () => Promise<Uint8Array>;
  readonly now: () => Date;
}

/** Finds out whether a level can be reached, and until when the certificates last. */
export const createReadiness = ({ trust, authorities, blank, now }: ReadinessParts) => {
  const found = new Map<SignatureLevel, { readonly outcome: Promise<Date>; readonly until: number }>();

  const look = async (level: SignatureLevel): Promise<Date> => {
    await orFailure(async () => assertSigns(trust, await blank(), now()));
    if (needsTimestamp(level)) await orFailure(async () => observe(await authorities.timestamps()).timestamp(createHash('sha256').update('is somebody there').digest()));
    if (needsRevocation(level)) await orFailure(() => assertRevocationKnown(trust, authorities, now()));
    return orFailure(() => endOf(trust));
  };

  /** Whoever asks while an answer is being looked for waits for the same one. */
  const lookOnce = (level: SignatureLevel): Promise<Date> => {
    const known = found.get(level);
    if (known && now().getTime() < known.until) return known.outcome;
    const outcome = look(level);
    const keep = (forMs: number): void => void found.set(level, { outcome, until: now().getTime() + forMs });
    keep(GOOD_FOR_MS);
    outcome.catch(() => keep(BAD_FOR_MS));
    return outcome;
  };

  return async ({ level, until }: { readonly level: SignatureLevel; readonly until: Date }): Promise<void> => {
    const end = await lookOnce(level);
    if (end > until) return;
    const reason = sealingFailure('CERTIFICATE_EXPIRES');
    throw new SealingFailure(reason.obstacle, `A certificate of the platform’s seal ends on ${end.toISOString().slice(0, 10)}, before the envelope does.`);
  };
};
