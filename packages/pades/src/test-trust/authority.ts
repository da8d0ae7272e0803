import { KeyObject, X509Certificate, createPublicKey } from 'node:crypto';
import {
  caExtensions, issue, newKeys, ocspExtensions, roleName, signingExtensions, subjectOf, timestampingExtensions, toCryptoKey, yearsAfter,
  type Extension, type KeyPair, type TrustAlgorithm,
} from './certificates.ts';
import type { TestTrust, TestTrustBase, TestTrustServices } from './test-trust.ts';

const YEARS = { root: 20, issuing: 15, seal: 10, services: 10 } as const;

/**
 * Makes a certificate authority for tests and trials: root, issuing CA, the certificate of the platform's seal,
 * a time-stamp authority and OCSP responders. Every subject says TEST. Nobody outside trusts the root; a signature
 * under it proves nothing to a third party.
 */
export async function createTestTrust(options: { readonly now: Date; readonly algorithm?: TrustAlgorithm }): Promise<TestTrust> {
  const { now, algorithm = 'ecdsa-p256-sha256' } = options;
  const [rootKeys, issuingKeys, sealKeys, responderKeys] = await Promise.all([
    newKeys(algorithm), newKeys(algorithm), newKeys(algorithm), newKeys('ecdsa-p256-sha256'),
  ]);
  const [root, issuing] = [roleName('Root CA'), roleName('Issuing CA')];
  const under = (issuer: typeof root, keys: KeyPair) => ({ issuer, issuerPublicKey: keys.publicKey, issuerPrivateKey: keys.privateKey, now });
  const [byRoot, byIssuing] = [under(root, rootKeys), under(issuing, issuingKeys)];
  const [rootDer, issuingDer, sealDer, responderDer] = await Promise.all([
    issue({ ...byRoot, subject: root, publicKey: rootKeys.publicKey, notAfter: yearsAfter(now, YEARS.root), extensions: await caExtensions(1) }),
    issue({ ...byRoot, subject: issuing, publicKey: issuingKeys.publicKey, notAfter: yearsAfter(now, YEARS.issuing), extensions: await caExtensions(0) }),
    issue({ ...byIssuing, subject: roleName('Platform Seal'), publicKey: sealKeys.publicKey, notAfter: yearsAfter(now, YEARS.seal), extensions: signingExtensions() }),
    issue({ ...byRoot, subject: roleName('Root OCSP'), publicKey: responderKeys.publicKey, notAfter: yearsAfter(now, YEARS.issuing), extensions: ocspExtensions() }),
  ]);
  // The root key is forgotten here on purpose: no second issuing CA can ever appear under this root.
  const base: TestTrustBase = {
    root: rootDer,
    issuing: issuingDer,
    issuingKey: KeyObject.from(issuingKeys.privateKey),
    seal: sealDer,
    sealKey: KeyObject.from(sealKeys.privateKey),
  };
  const rootOcsp = { certificate: responderDer, key: KeyObject.from(responderKeys.privateKey) };
  return { ...base, ...(await issueServices(base, { now })), rootOcsp };
}

/** Issues what a trust of an earlier version lacks: a time-stamp authority and an OCSP responder under the issuing CA. */
export async function issueServices(base: TestTrustBase, { now }: { readonly now: Date }): Promise<TestTrustServices> {
  const service = async (role: string, extensions: readonly Extension[]) => {
    const keys = await newKeys('ecdsa-p256-sha256');
    const notAfter = notLaterThan(base.issuing, yearsAfter(now, YEARS.services));
    const certificate = await issueUnder(base, { subject: roleName(role), publicKey: keys.publicKey, now, notAfter, extensions });
    return { certificate, key: KeyObject.from(keys.privateKey) };
  };
  const [tsa, ocsp] = await Promise.all([service('Timestamp Authority', timestampingExtensions()), service('OCSP', ocspExtensions())]);
  return { tsa, ocsp };
}

/** Issues a certificate by the issuing CA. */
export function issueUnder(
  { issuing, issuingKey }: Pick<TestTrustBase, 'issuing' | 'issuingKey'>,
  facts: Pick<Parameters<typeof issue>[0], 'subject' | 'publicKey' | 'now' | 'notAfter' | 'extensions'>,
): Promise<Buffer> {
  return issue({
    ...facts,
    issuer: subjectOf(new X509Certificate(issuing)),
    issuerPublicKey: toCryptoKey(createPublicKey(issuingKey)),
    issuerPrivateKey: toCryptoKey(issuingKey),
  });
}

function notLaterThan(issuer: Uint8Array, date: Date): Date {
  const { validToDate } = new X509Certificate(issuer);
  return date < validToDate ? date : validToDate;
}
