import type { SignatureAlgorithm } from '../../src/index.ts';
import { createTestTrust, rootPem, sealSigner } from '../../src/test-trust/index.ts';

export const NOW = new Date();
export const ALGORITHMS: readonly SignatureAlgorithm[] = ['ecdsa-p256-sha256', 'rsa-sha256'];

/** A fresh authority and its seal, for one test file. */
export async function freshSeal(algorithm: SignatureAlgorithm = 'ecdsa-p256-sha256') {
  const trust = await createTestTrust({ now: NOW, algorithm });
  return { trust, signer: sealSigner(trust), rootPem: rootPem(trust) };
}
