import type { RevocationSource, Timestamp, TimestampAuthority } from '@buffrsign/pades';
import { testRevocationSource, testTimestampAuthority } from '@buffrsign/pades/test-trust';
import type { Trust } from './trust.ts';
import { sealingFailure } from './failure.ts';

export interface AuthoritySettings {
  readonly now: () => Date;
}

/** Whoever proves times and says what was revoked. */
export interface Authorities {
  readonly timestamps: () => Promise<TimestampAuthority>;
  readonly revocation: () => Promise<RevocationSource>;
}

/** Timestamp authorities by their addresses, in that order; none is the embedded TEST authority. */
export const createAuthorities = (trust: Trust, { now }: AuthoritySettings): Authorities => ({
  timestamps: async () => testTimestampAuthority(await trust.test(), now),
  revocation: async () => testRevocationSource(await trust.test(), now),
});

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
        throw sealingFailure('TIMESTAMP_UNAVAILABLE', error);
      });
      return last;
    },
  };
};

/** A source whose failures are ours. */
export const guardRevocation = (source: RevocationSource): RevocationSource => ({
  fetch: (certificate, issuer, notBefore) =>
    source.fetch(certificate, issuer, notBefore).catch((error: unknown) => {
      throw sealingFailure('REVOCATION_UNAVAILABLE', error);
    }),
});
