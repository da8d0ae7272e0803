import { certificatesOfPem, createTimestampClient, failover, type TimestampAuthority } from '@buffrsign/pades';
import { loadOrCreateTestTrust, testTimestampAuthority } from '@buffrsign/pades/test-trust';
import { readFile } from 'node:fs/promises';
import type { Env } from '../env.ts';

/** Where timestamps come from. */
export interface Timestamps {
  readonly authority: TimestampAuthority;
  /** Certificates that help to check its tokens, DER. */
  readonly certificates: readonly Uint8Array[];
}

const readRoots = async (path: string): Promise<readonly Uint8Array[]> => {
  try {
    const roots = certificatesOfPem(await readFile(path, 'utf8'));
    if (roots.length === 0) throw new Error('there is no certificate in it');
    return roots;
  } catch (error) {
    throw new Error(`TSA_ROOTS: ${path} cannot be read as PEM certificates: ${(error as Error).message}.`, { cause: error });
  }
};

/** The authorities of the settings, in their order; without any the embedded TEST authority, which proves nothing to others. */
export const openTimestamps = async ({ TSA_URLS, TSA_ROOTS, TRUST_DIR }: Env, now: () => Date): Promise<Timestamps> => {
  if (TSA_URLS && TSA_ROOTS) {
    const certificates = await readRoots(TSA_ROOTS);
    return { authority: failover(TSA_URLS.map((url) => createTimestampClient({ url, trust: certificates, now }))), certificates };
  }
  const trust = await loadOrCreateTestTrust(TRUST_DIR, { now: now() });
  return { authority: testTimestampAuthority(trust, now), certificates: [trust.root, trust.issuing] };
};
