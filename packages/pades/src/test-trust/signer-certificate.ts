import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from '../cms/algorithms.ts';
import { keySigner, type Signer } from '../cms/signer.ts';
import { issueUnder } from './authority.ts';
import { emailExtension, revocationExtensions, signingExtensions, toCryptoKey } from './certificates.ts';
import { TestTrustFailure, type TestTrust } from './test-trust.ts';

export interface SignerCertificateOptions {
  /** The signer's name: the common name of the subject, cut to the 64 characters that X.520 gives it. */
  readonly name: string;
  /** Goes into the subject alternative name when it is plain ASCII, which is all that rfc822Name can hold. */
  readonly email?: string;
  readonly now: Date;
  /** How long the certificate is valid; by default 30 days, enough for a signature that is time-stamped at once. */
  readonly validDays?: number;
  /** Where an OCSP responder and a revocation list can be asked over HTTP; in process nobody needs them. */
  readonly urls?: { readonly ocsp?: string; readonly crl?: string };
}

const DAY_MS = 24 * 60 * 60 * 1000;
const COMMON_NAME_CHARACTERS_MAX = 64;
const EMAIL = /^[\x21-\x7e]{1,64}@[\x21-\x7e]{1,189}$/;

/** A signer with a P-256 key and certificate of its own. The key exists in memory only, and is gone with the object. */
export async function issueSignerCertificate(trust: TestTrust, options: SignerCertificateOptions): Promise<Signer> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return issueSignerForKey(trust, { ...options, privateKey });
}

/** The same for a private key at hand: for trials of other algorithms. */
export async function issueSignerForKey(
  trust: TestTrust,
  options: SignerCertificateOptions & { readonly privateKey: KeyObject; readonly algorithm?: SignatureAlgorithm },
): Promise<Signer> {
  const { privateKey, algorithm } = options;
  const { certificate, chain } = await issueCertificateForKey(trust, { ...options, publicKey: createPublicKey(privateKey) });
  return keySigner({ certificate, chain, privateKey, ...(algorithm && { algorithm }) });
}

/** A certificate for a key that somebody else holds: a key service, a card. */
export async function issueCertificateForKey(
  trust: TestTrust,
  options: SignerCertificateOptions & { readonly publicKey: KeyObject },
): Promise<{ readonly certificate: Uint8Array; readonly chain: readonly Uint8Array[] }> {
  const { name, email, now, validDays = 30, urls = {}, publicKey } = options;
  const commonName = [...name.trim()].slice(0, COMMON_NAME_CHARACTERS_MAX).join('');
  if (commonName === '') throw new TestTrustFailure('SIGNER_NAME_MISSING', 'A signer’s certificate needs a name.');
  const certificate = await issueUnder(trust, {
    // The organization says what the name alone would hide: nobody has checked who this is.
    subject: [{ CN: [commonName] }, { OU: ['TEST certificate (not for real use)'] }, { O: ['BuffrSign TEST trust'] }, { C: ['NA'] }],
    publicKey: toCryptoKey(publicKey),
    now,
    notAfter: new Date(now.getTime() + validDays * DAY_MS),
    extensions: [...signingExtensions(), ...(email && EMAIL.test(email) ? [emailExtension(email)] : []), ...revocationExtensions(urls)],
  });
  return { certificate, chain: [trust.issuing, trust.root] };
}
