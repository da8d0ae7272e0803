import { extendUpdate, RevocationUnavailable, signPdf, type RevocationSource } from '@buffrsign/pades';
import { X509Certificate } from 'node:crypto';
import type { SignatureLevel } from '../../__generated__/prisma/enums.ts';
import { needsRevocation, needsTimestamp } from '../../domain/level.ts';
import { SealingFailure } from '../engine.ts';
import { observe, type Authorities } from './authorities.ts';
import { orFailure, sealingFailure } from './failure.ts';
import type { Trust } from './trust.ts';

/** How long what was found counts. Authorities are not asked at every sending, and a fault that is gone is soon forgotten. */
const GOOD_FOR_MS = 60_000;
const BAD_FOR_MS = 5_000;

/** Answers about revocation may be made in advance: that somebody answers is enough before anything is signed. */
const ANSWERED_WITHIN_MS = 7 * 24 * 60 * 60 * 1000;

/** When the first of the seal's certificates ends. */
const endOf = async (trust: Trust): Promise<Date> => {
  const { certificate, chain } = await trust.seal();
  return new Date(Math.min(...[certificate, ...chain].map((der) => new X509Certificate(der).validToDate.getTime())));
};

/** There is an answer, only not of this minute: sealing will wait for the next one, and get it. */
class AnsweredBefore extends Error {}

/** Takes an answer of the last days for a sign that there will be one. Where nobody can be asked there never will. */
const orAnsweredBefore = (source: RevocationSource): RevocationSource => ({
  async fetch(certificate, issuer, notBefore) {
    try {
      return await source.fetch(certificate, issuer, notBefore);
    } catch (error) {
      if (!(error instanceof RevocationUnavailable) || !error.published) throw error;
      await source.fetch(certificate, issuer, new Date(notBefore.getTime() - ANSWERED_WITHIN_MS));
      throw new AnsweredBefore('It was answered before.', { cause: error });
    }
  },
});

/** Does once, on an empty page, what will be done to every document: a signature and its proof say more than looking at keys. */
const rehearse = async ({ trust, authorities, blank, now }: ReadinessParts, level: SignatureLevel): Promise<void> => {
  const [signer, pdf] = [await trust.seal(), await blank()];
  await trust.signers.check(now());
  const timestamp = needsTimestamp(level) ? observe(await authorities.timestamps()) : undefined;
  const signed = await signPdf(pdf, { signer, signedAt: now(), ...(timestamp && { timestamp }) });
  if (!needsRevocation(level)) return;
  const revocation = orAnsweredBefore(await authorities.revocation());
  await extendUpdate(signed, { level: 'B-LT', revocation, trust: await authorities.roots(), now: now() }).catch((error: unknown) => {
    if (!(error instanceof AnsweredBefore)) throw error;
  });
};

export interface ReadinessParts {
  readonly trust: Trust;
  readonly authorities: Authorities;
  /** An empty PDF to try on. */
  readonly blank: () => Promise<Uint8Array>;
  readonly now: () => Date;
}

/** Finds out whether a level can be reached, and until when the certificates last. */
export const createReadiness = (parts: ReadinessParts) => {
  const { trust, now } = parts;
  const found = new Map<SignatureLevel, { readonly outcome: Promise<Date>; readonly until: number }>();

  const look = (level: SignatureLevel): Promise<Date> =>
    orFailure(async () => {
      await rehearse(parts, level);
      return endOf(trust);
    });

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
