import type { TimestampAuthority } from '@buffrsign/pades';
import { loadOrCreateTestTrust, testTimestampAuthority } from '@buffrsign/pades/test-trust';
import type { Env } from '../env.ts';

/** Where timestamps come from. */
export interface Timestamps {
  readonly authority: TimestampAuthority;
  /** Certificates that help to check its tokens, DER. */
  readonly certificates: readonly Uint8Array[];
}

/** The authorities of the settings, in their order; without any the embedded TEST authority, which proves nothing to others. */
export const openTimestamps = async ({ TRUST_DIR }: Env, now: () => Date): Promise<Timestamps> => {
  const trust = await loadOrCreateTestTrust(TRUST_DIR, { now: now() });
  return { authority: testTimestampAuthority(trust, now), certificates: [trust.root, trust.issuing] };
};
