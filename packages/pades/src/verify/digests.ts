import { createHash } from 'node:crypto';
import { VERIFICATION_LIMITS } from '../limits.ts';
import { tooComplex } from '../refusal.ts';
import type { HashName } from '../x509/algorithms.ts';
import type { Coverage } from './signature-value.ts';

export interface DigestRequest {
  readonly coverage: Coverage;
  readonly hash: HashName;
}

/**
 * Digests of covered bytes, all in one pass over what they share: they begin alike, and each goes its own way only
 * from its /Contents on.
 */
export function coveredDigests<T extends DigestRequest>(bytes: Buffer, requests: readonly T[]): Map<T, Buffer> {
  const beyond = requests.reduce((sum, { coverage }) => sum + coverage.end - coverage.gapEnd, 0);
  if (beyond > VERIFICATION_LIMITS.hashedBytes + bytes.length) throw tooComplex('its signatures cover too many bytes');
  const digests = new Map<T, Buffer>();
  const sorted = [...requests].sort((a, b) => a.coverage.gapStart - b.coverage.gapStart);
  for (const name of new Set(requests.map(({ hash }) => hash))) {
    const shared = createHash(name);
    let at = 0;
    for (const request of sorted.filter(({ hash }) => hash === name)) {
      const { gapStart, gapEnd, end } = request.coverage;
      shared.update(bytes.subarray(at, gapStart));
      at = gapStart;
      digests.set(request, shared.copy().update(bytes.subarray(gapEnd, end)).digest());
    }
  }
  return digests;
}
