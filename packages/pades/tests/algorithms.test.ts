import { X509Certificate, createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestSigner, signPdf, type SignatureAlgorithm } from '../src/index.ts';
import { issueCertificateForKey, issueSignerCertificate, issueSignerForKey } from '../src/test-trust/index.ts';
import { checkSigner, digestAlgorithmOf } from '../src/cms/read-signer.ts';
import { readSignedData } from '../src/cms/read.ts';
import { CertificatePool } from '../src/x509/pool.ts';
import { startFakeHsm } from './support/fake-hsm.ts';
import { classicPdf } from './support/fixtures.ts';
import { signaturesOf, type FoundSignature } from './support/signature.ts';
import { Workshop, describeWith, run } from './support/tools.ts';
import { NOW, freshSeal } from './support/trust.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());
let seal: Awaited<ReturnType<typeof freshSeal>>;
beforeAll(async () => {
  seal = await freshSeal();
});

interface Case {
  readonly name: string;
  readonly key: () => KeyObject;
  readonly algorithm?: SignatureAlgorithm;
  /** What our own reader calls it. */
  readonly says: string;
  /** OpenSSL 3.0 knows no Ed25519 in CMS, and the NSS of pdfsig neither that nor PSS. */
  readonly openssl: boolean;
  readonly pdfsig: boolean;
}

const rsa = (modulusLength: number) => () => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const cases: readonly Case[] = [
  { name: 'RSA-2048', key: rsa(2048), says: 'RSA-2048 SHA-256', openssl: true, pdfsig: true },
  { name: 'RSA-3072', key: rsa(3072), says: 'RSA-3072 SHA-256', openssl: true, pdfsig: true },
  { name: 'RSA-4096', key: rsa(4096), says: 'RSA-4096 SHA-256', openssl: true, pdfsig: true },
  { name: 'RSA-2048 with PSS', key: rsa(2048), algorithm: 'rsa-pss-sha256', says: 'RSA-2048 PSS SHA-256', openssl: true, pdfsig: true },
  { name: 'P-256', key: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, says: 'ECDSA P-256 SHA-256', openssl: true, pdfsig: true },
  { name: 'P-384', key: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey, says: 'ECDSA P-384 SHA-384', openssl: true, pdfsig: true },
  { name: 'Ed25519', key: () => generateKeyPairSync('ed25519').privateKey, says: 'Ed25519', openssl: false, pdfsig: false },
];

async function signed({ key, algorithm }: Case): Promise<Uint8Array> {
  const signer = await issueSignerForKey(seal.trust, { name: 'Anna', now: NOW, privateKey: key(), ...(algorithm && { algorithm }) });
  return signPdf(classicPdf(), { signer, signedAt: NOW });
}

function onlySignature(pdf: Uint8Array): FoundSignature {
  const [signature, ...others] = signaturesOf(pdf);
  if (!signature || others.length > 0) throw new Error('There must be exactly one signature.');
  return signature;
}

function openssl({ cms, covered }: FoundSignature): number | null {
  const files = { cms: workshop.file(cms, 'der'), content: workshop.file(covered, 'bin'), root: workshop.file(seal.rootPem, 'pem') };
  const args = ['-inform', 'DER', '-in', files.cms, '-content', files.content, '-CAfile', files.root, '-out', workshop.file('', 'out')];
  return run('openssl', ['cms', '-verify', '-cades', '-binary', '-purpose', 'any', ...args]).code;
}

describe.each(cases)('A signature with $name', (each) => {
  it('verifies by an independent reading of its bytes', async () => {
    const { cms, covered } = onlySignature(await signed(each));
    const data = readSignedData(cms);
    const digest = createHash(digestAlgorithmOf(data)).update(covered).digest();
    expect(checkSigner(data, digest, new CertificatePool()).algorithm).toBe(each.says);
    expect(() => checkSigner(data, createHash('sha512').update('other').digest(), new CertificatePool())).toThrow();
  });

  if (each.openssl) {
    describeWith(['openssl'], 'for openssl', () => {
      it('verifies, and not over other bytes', async () => {
        const signature = onlySignature(await signed(each));
        expect(openssl(signature)).toBe(0);
        expect(openssl({ ...signature, covered: Buffer.concat([signature.covered, Buffer.from(' ')]) })).not.toBe(0);
      });
    });
  }
  if (each.pdfsig) {
    describeWith(['pdfsig', 'certutil'], 'for pdfsig', () => {
      it('is valid and trusted', async () => {
        expect(workshop.pdfsig(await signed(each), seal.rootPem)).toMatch(/Signature is Valid\.[^]*Certificate is Trusted\./);
      });
    });
  }
});

describeWith(['openssl'], 'A signing service that sees digests only, in a process of its own,', () => {
  it.each([
    ['p256', 'ecdsa-p256-sha256'],
    ['rsa', 'rsa-sha256'],
  ] as const)('signs with %s what openssl verifies', async (kind, algorithm) => {
    await using hsm = await startFakeHsm(kind);
    const { certificate, chain } = await issueCertificateForKey(seal.trust, { name: 'Key service', now: NOW, publicKey: hsm.publicKey });
    const signer = digestSigner({ certificate, chain, algorithm, signDigest: hsm.signDigest });
    const signature = onlySignature(await signPdf(classicPdf(), { signer, signedAt: NOW }));
    expect(openssl(signature)).toBe(0);
    expect(hsm.seen.map(({ length }) => length)).toEqual([32]);
    expect(hsm.seen[0]).toEqual(createHash('sha256').update(readSignedData(signature.cms).signer.signedBytes).digest());
  });

  it('refuses anything but a digest', async () => {
    await using hsm = await startFakeHsm('p256');
    await expect(hsm.signDigest(Buffer.from('a whole document'))).rejects.toThrow('refused');
  });
});

describe('digestSigner', () => {
  const publicKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  const signerThat = async (signDigest: () => Promise<Uint8Array>) => {
    const { certificate, chain } = await issueCertificateForKey(seal.trust, { name: 'Key service', now: NOW, publicKey: publicKey() });
    return digestSigner({ certificate, chain, algorithm: 'ecdsa-p256-sha256', signDigest });
  };

  it.each([
    ['a value of the wrong length', 63],
    ['a value by another key', 64],
  ])('lets nothing be written for %s', async (_, length) => {
    const signer = await signerThat(async () => new Uint8Array(length).fill(7));
    await expect(signPdf(classicPdf(), { signer, signedAt: NOW })).rejects.toMatchObject({ code: 'SIGNER_KEY_MISMATCH' });
  });

  it('passes on what the service says when it fails', async () => {
    const signer = await signerThat(async () => Promise.reject(new Error('the card was pulled')));
    await expect(signPdf(classicPdf(), { signer, signedAt: NOW })).rejects.toThrow('the card was pulled');
  });
});

describe('The certificate of a single signer', () => {
  it('names them and their address, says TEST, and has a random serial number of 16 bytes', async () => {
    const options = { name: '  Ouma Käthe Ω  ', email: 'kaethe@example.org', now: NOW };
    const [one, two] = await Promise.all([issueSignerCertificate(seal.trust, options), issueSignerCertificate(seal.trust, options)]);
    const [first, second] = [one, two].map(({ certificate }) => new X509Certificate(certificate)) as [X509Certificate, X509Certificate];
    expect(first.subject.split('\n')).toEqual(['CN=Ouma Käthe Ω', 'OU=TEST certificate (not for real use)', 'O=BuffrSign TEST trust', 'C=NA']);
    expect(first.subjectAltName).toBe('email:kaethe@example.org');
    expect(first.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    expect(second.serialNumber).not.toBe(first.serialNumber);
    expect(second.publicKey.equals(first.publicKey)).toBe(false);
    expect(first.ca).toBe(false);
    expect(first.keyUsage).toBeUndefined();
  });

  it('cuts a name that is too long, and leaves out an address that cannot be written', async () => {
    const { certificate } = await issueSignerCertificate(seal.trust, { name: '😀'.repeat(80), email: 'köthe@example.org', now: NOW });
    const parsed = new X509Certificate(certificate);
    expect(parsed.subject).toContain(`CN=${'😀'.repeat(64)}\n`);
    expect(parsed.subjectAltName).toBeUndefined();
  });

  it('is refused without a name', async () => {
    await expect(issueSignerCertificate(seal.trust, { name: ' ', now: NOW })).rejects.toMatchObject({ code: 'SIGNER_NAME_MISSING' });
  });
});
