import { certificatesOfPem, createRevocationClient, createTimestampClient, failover, RevocationUnavailable, TimestampUnavailable, type RevocationSource, type Timestamp, type TimestampAuthority } from '@buffrsign/pades';
import { testRevocationSource, testTimestampAuthority } from '@buffrsign/pades/test-trust';
import { readFile } from 'node:fs/promises';
import { SealingFailure } from '../engine.ts';
import { sealingFailure } from './failure.ts';
import { kept, type Trust } from './trust.ts';

export interface AuthoritySettings {
  /** Addresses of timestamp authorities, asked in this order; none is the embedded TEST authority. */
  readonly tsaUrls: readonly string[];
  /** PEM file of the roots that they must lead to. */
  readonly tsaRoots: string | undefined;
  /** For one question to one authority; by default what the client takes. */
  readonly timeoutMs?: number;
  readonly now: () => Date;
}

/** Whoever proves times and says what was revoked. */
export interface Authorities {
  readonly timestamps: () => Promise<TimestampAuthority>;
  readonly revocation: () => Promise<RevocationSource>;
  /** Roots (DER) of signatures and timestamps. */
  readonly roots: () => Promise<readonly Uint8Array[]>;
}

/** The test trust answers for its own certificates, in this process; for all others, who is named in them is asked. */
const withTestTrust = (test: RevocationSource, others: RevocationSource): RevocationSource => ({
  fetch: (certificate, issuer, notBefore) =>
    test.fetch(certificate, issuer, notBefore).catch((error: unknown) => {
      if (error instanceof RevocationUnavailable && !error.published) return others.fetch(certificate, issuer, notBefore);
      throw error;
    }),
});

/** Opens the authorities that the settings name. */
export const createAuthorities = (trust: Trust, { tsaUrls, tsaRoots, timeoutMs, now }: AuthoritySettings): Authorities => {
  const limits = { now, ...(timeoutMs !== undefined && { timeoutMs }) };
  const tsaTrust = kept(async () => (tsaRoots === undefined ? [] : certificatesOfPem(await readFile(tsaRoots, 'utf8'))));
  const clients = kept(async () => {
    const roots = await tsaTrust();
    return failover(tsaUrls.map((url) => createTimestampClient({ url, trust: roots, ...limits })));
  });
  const network = createRevocationClient(limits);
  return {
    timestamps: async () => (tsaUrls.length > 0 ? clients() : testTimestampAuthority(await trust.test(), now)),
    revocation: async () => withTestTrust(testRevocationSource(await trust.test(), now), network),
    roots: async () => [...(await trust.roots()), ...(await tsaTrust())],
  };
};

/** Names who was asked; what each said may hold addresses of the inside, and goes to the log. */
const noTimestamp = (error: unknown): SealingFailure => {
  const asked = error instanceof TimestampUnavailable ? [...new Set(error.attempts.map(({ authority }) => authority))].join(', ') : '';
  const { obstacle, message } = sealingFailure('TIMESTAMP_UNAVAILABLE', error);
  return new SealingFailure(obstacle, asked ? `${message} Asked: ${asked}.` : message, { cause: error });
};

/** An authority whose last timestamp can be asked for, and whose failures are ours. */
export interface ObservedAuthority extends TimestampAuthority {
  readonly last: () => Timestamp | null;
}

export const observe = (authority: TimestampAuthority): ObservedAuthority => {
  let last: Timestamp | null = null;
  return {
    name: authority.name,
    last: () => last,
    async timestamp(digest) {
      last = await authority.timestamp(digest).catch((error: unknown) => {
        throw noTimestamp(error);
      });
      return last;
    },
  };
};
