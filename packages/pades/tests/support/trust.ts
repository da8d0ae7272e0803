import { createTestTrust, rootPem, sealSigner, type TrustAlgorithm } from '../../src/test-trust/index.ts';

export const NOW = new Date();
export const ALGORITHMS: readonly TrustAlgorithm[] = ['ecdsa-p256-sha256', 'rsa-sha256'];

/** A fresh authority and its seal, for one test file. */
export async function freshSeal(algorithm: TrustAlgorithm = 'ecdsa-p256-sha256') {
  const trust = await createTestTrust({ now: NOW, algorithm });
  return { trust, signer: sealSigner(trust), rootPem: rootPem(trust) };
}
