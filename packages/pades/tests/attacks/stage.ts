import { createHash, generateKeyPairSync, sign as signWithKey, type KeyObject } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { context, octetString, oid, sequence, setOf, smallInteger } from '../../src/der/write.ts';
import { extendPdf, keySigner, signPdf, type SignPdfOptions, type Signer, type TimestampAuthority } from '../../src/index.ts';
import { createTestTrust, issueSignerCertificate, sealSigner, testRevocationSource, testTimestampAuthority, type CertifiedKey, type TestTrust } from '../../src/test-trust/index.ts';
import { issueUnder } from '../../src/test-trust/authority.ts';
import { issue, signingExtensions, toCryptoKey, type Extension } from '../../src/test-trust/certificates.ts';
import { certificateParts } from '../../src/test-trust/der-signing.ts';
import { timestampToken } from '../../src/test-trust/tsa.ts';
import { classicPdf } from '../support/fixtures.ts';
import { coveredBytes, edit, placeOf, source, stream, withByteRange, withContents } from './tamper.ts';

export const START = new Date('2026-06-01T10:00:00Z');
const DAY_MS = 86_400_000;
export const later = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);
/** When the files are checked. */
export const CHECKED_AT = later(3600);

/** Object numbers of the document that is attacked. */
export const AT = { catalog: 1, pages: 2, page: 3, content: 4, font: 5, hidden: 6, form: 7, signer1: 8, signer2: 9, value1: 10, value2: 11, open: 12, overlay: 13 } as const;

const widget = (entries: string, rectangle: string): string => `<</Type /Annot /Subtype /Widget /P 3 0 R /F 4 /Rect [${rectangle}] ${entries}>>`;

export const BODIES: Readonly<Record<number, string>> = {
  1: '<</Type /Catalog /Pages 2 0 R /AcroForm 7 0 R>>',
  2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
  3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources <</Font <</F1 5 0 R>> /XObject <</X 13 0 R>>>> /Contents 4 0 R /Annots [8 0 R 9 0 R 10 0 R 11 0 R 12 0 R]>>',
  4: stream('BT /F1 12 Tf 20 150 Td (Pay N$ 100) Tj ET'),
  5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
  // Nobody refers to it: what an attacker lays in before signing (shadow attacks).
  6: stream('BT /F1 12 Tf 20 150 Td (Pay N$ 999) Tj ET'),
  7: '<</Fields [8 0 R 9 0 R 10 0 R 11 0 R 12 0 R]>>',
  8: widget('/FT /Sig /T (signer_1) /Lock <</Type /SigFieldLock /Action /Include /Fields [(field_1)]>>', '20 20 120 50'),
  9: widget('/FT /Sig /T (signer_2)', '150 20 250 50'),
  10: widget('/FT /Tx /T (field_1) /V () /DA (/Helv 0 Tf)', '20 60 120 80'),
  11: widget('/FT /Tx /T (field_2) /V () /DA (/Helv 0 Tf)', '150 60 250 80'),
  12: widget('/FT /Tx /T (field_3) /V () /DA (/Helv 0 Tf)', '20 90 120 110'),
  13: stream('1 0 0 rg 0 0 300 200 re f', '/Type /XObject /Subtype /Form /BBox [0 0 300 200]'),
};

/** Certificates, keys and files that attacks begin with; each is made once. */
export class Stage {
  readonly trust: TestTrust;
  readonly seal: Signer;
  readonly #made = new Map<string, Promise<unknown>>();

  private constructor(trust: TestTrust) {
    this.trust = trust;
    this.seal = sealSigner(trust);
  }

  static async set(): Promise<Stage> {
    return new Stage(await createTestTrust({ now: START }));
  }

  once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const made = this.#made.get(key) ?? make();
    this.#made.set(key, made);
    return made as Promise<T>;
  }

  signer(name: string): Promise<Signer> {
    return this.once(`signer ${name}`, () => issueSignerCertificate(this.trust, { name, email: `${name}@example.na`, now: START }));
  }

  tsa(seconds: number): TimestampAuthority {
    return testTimestampAuthority(this.trust, later(seconds));
  }

  /** Certified by the seal with P = 2. */
  certified(): Promise<Uint8Array> {
    return this.once('certified', () => signPdf(classicPdf(BODIES), { signer: this.seal, signedAt: later(10), certify: 2, fieldName: 'platform_seal', timestamp: this.tsa(11) }));
  }

  /** The certified document signed by the first signer, with a value filled in and locked. */
  signedOnce(): Promise<Uint8Array> {
    return this.once('signed once', async () => this.sign(await this.certified(), { signer: await this.signer('One'), fieldName: 'signer_1', fill: [{ fieldName: 'field_1', value: 'Windhoek' }] }, 20));
  }

  /** Seal and two signers, B-T. */
  signed(): Promise<Uint8Array> {
    return this.once('signed', async () => this.sign(await this.signedOnce(), { signer: await this.signer('Two'), fieldName: 'signer_2', fill: [{ fieldName: 'field_2', value: 'Oshakati' }] }, 30));
  }

  /** The same, B-LTA. */
  archived(): Promise<Uint8Array> {
    return this.once('archived', async () => this.extend(await this.signed()));
  }

  /** One approval signature on a plain document, nothing certified. */
  approved(): Promise<Uint8Array> {
    return this.once('approved', async () => this.sign(classicPdf(BODIES), { signer: await this.signer('One'), fieldName: 'signer_1' }, 20));
  }

  /** Like {@link approved}, B-B, with room in /Contents for whatever an attack puts there. */
  roomy(bodies: Readonly<Record<number, string>> = BODIES): Promise<Uint8Array> {
    return this.once(`roomy ${bodies === BODIES}`, async () => this.sign(classicPdf(bodies), { signer: await this.signer('One'), fieldName: 'signer_1' }, 20));
  }

  async sign(pdf: Uint8Array, options: Partial<SignPdfOptions> & Pick<SignPdfOptions, 'signer'>, seconds: number): Promise<Uint8Array> {
    return signPdf(pdf, { signedAt: later(seconds), timestamp: this.tsa(seconds + 1), ...options });
  }

  extend(pdf: Uint8Array, level: 'B-LT' | 'B-LTA' = 'B-LTA', revoked?: ReadonlyMap<string, Date>): Promise<Uint8Array> {
    const revocation = testRevocationSource(this.trust, later(40), revoked ? { revoked } : {});
    return extendPdf(pdf, { level, revocation, trust: [this.trust.root], timestamp: this.tsa(45), now: later(42) });
  }

  /** A certificate by the issuing CA with whatever extensions, and its key. */
  async certify(name: string, extensions: readonly Extension[] = signingExtensions(), days = 30): Promise<CertifiedKey> {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const facts = { subject: [{ CN: [name] }], publicKey: toCryptoKey(publicKey), now: START, notAfter: new Date(START.getTime() + days * DAY_MS), extensions };
    return { certificate: await issueUnder(this.trust, facts), key: privateKey };
  }

  /** A certificate that some other certificate "issued". */
  async issuedBy(issuer: CertifiedKey, name: string, extensions: readonly Extension[] = signingExtensions(), now = START): Promise<CertifiedKey> {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const parsed = new x509.X509Certificate(Buffer.from(issuer.certificate));
    const certificate = await issue({
      subject: [{ CN: [name] }],
      issuer: parsed.subjectName.toJSON(),
      publicKey: toCryptoKey(publicKey),
      issuerPublicKey: await parsed.publicKey.export(),
      issuerPrivateKey: toCryptoKey(issuer.key),
      now,
      notAfter: new Date(now.getTime() + 30 * DAY_MS),
      extensions,
    });
    return { certificate, key: privateKey };
  }

  signerOf({ certificate, key }: CertifiedKey, ...chain: readonly Uint8Array[]): Signer {
    return keySigner({ certificate, chain: chain.length > 0 ? chain : [this.trust.issuing], privateKey: key });
  }

  token(digest: Uint8Array, seconds: number, by?: CertifiedKey): Buffer {
    return timestampToken(this.trust, { imprint: digest, genTime: later(seconds), ...(by && { by }) });
  }
}

const ID_DATA = '1.2.840.113549.1.7.1';
const SHA_256 = sequence(oid('2.16.840.1.101.3.4.2.1'));
const attribute = (type: string, ...values: readonly Uint8Array[]): Buffer => sequence(oid(type), setOf(...values));

export interface CmsFacts {
  readonly certificate: Uint8Array;
  readonly key: KeyObject;
  readonly chain: readonly Uint8Array[];
  readonly digest: Buffer;
  /** Whose hash signing-certificate-v2 holds; null leaves the attribute out. */
  readonly named?: Uint8Array | null;
  readonly contentType?: string;
  readonly secondDigest?: Buffer;
  readonly content?: Buffer;
  readonly more?: readonly Buffer[];
  readonly unsigned?: readonly Buffer[];
  readonly signers?: number;
  readonly digestAlgorithm?: Buffer;
  readonly signatureAlgorithm?: Buffer;
  readonly hash?: string;
}

/** A CMS as an attacker, or a sloppy signer, would make it. */
export function cms({ certificate, key, chain, digest, ...facts }: CmsFacts): Buffer {
  const named = facts.named === undefined ? certificate : facts.named;
  const hash = (der: Uint8Array): Buffer => createHash('sha256').update(der).digest();
  const attributes = setOf(
    attribute('1.2.840.113549.1.9.3', oid(facts.contentType ?? ID_DATA)),
    attribute('1.2.840.113549.1.9.4', octetString(digest), ...(facts.secondDigest ? [octetString(facts.secondDigest)] : [])),
    ...(named ? [attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octetString(hash(named))))))] : []),
    ...(facts.more ?? []),
  );
  const { issuer, serial } = certificateParts(certificate);
  const implicit = Buffer.from(attributes);
  implicit[0] = 0xa0;
  const algorithm = facts.digestAlgorithm ?? SHA_256;
  const info = sequence(
    smallInteger(1),
    sequence(issuer, serial),
    algorithm,
    implicit,
    facts.signatureAlgorithm ?? sequence(oid('1.2.840.10045.4.3.2')),
    octetString(signWithKey(facts.hash ?? 'sha256', attributes, key)),
    ...(facts.unsigned ? [context(1, ...facts.unsigned)] : []),
  );
  const content = sequence(oid(ID_DATA), ...(facts.content ? [context(0, octetString(facts.content))] : []));
  const infos = setOf(...Array.from({ length: facts.signers ?? 1 }, () => info));
  return sequence(oid('1.2.840.113549.1.7.2'), context(0, sequence(smallInteger(1), setOf(algorithm), content, context(0, certificate, ...chain), infos)));
}

/** Puts another CMS into a signed file: over the digest of what the signature covers. */
export function resign(pdf: Uint8Array, fieldName: string, make: (digest: Buffer, covered: Buffer) => Buffer, hash = 'sha256'): Uint8Array {
  const covered = coveredBytes(pdf, fieldName);
  return withContents(pdf, fieldName, make(createHash(hash).update(covered).digest(), covered));
}

export { attribute };

export interface HandSigning {
  /** The empty field that is filled; by default a new invisible one is added. */
  readonly field?: number;
  readonly subFilter?: string;
  /** Further entries of the signature dictionary. */
  readonly entries?: string;
  readonly make: (digest: Buffer, covered: Buffer) => Buffer;
}

/** Signs without our signing half: what that one refuses, and what others make. */
export function signByHand(pdf: Uint8Array, { field, subFilter = 'ETSI.CAdES.detached', entries = '', make }: HandSigning): Uint8Array {
  const value = `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /${subFilter} /M (D:20260601100100Z) /ByteRange [0 0 0 0]${' '.repeat(40)} /Contents <${'0'.repeat(12_000)}> ${entries}>>`;
  const [holder, signature] = [95, 96];
  const prepared =
    field === undefined
      ? edit(pdf, AT.form, /(\/Fields \[[^\]]*)\]/, `$1 ${holder} 0 R]`, { [holder]: `<</FT /Sig /T (by hand) /V ${signature} 0 R /Rect [0 0 0 0]>>`, [signature]: value })
      : edit(pdf, field, '<<', `<</V ${signature} 0 R `, { [signature]: value });
  const name = field === undefined ? 'by hand' : (/\/T \(([^)]*)\)/.exec(source(prepared, field))?.[1] ?? '');
  const { start, end } = placeOf(prepared, name, 'Contents');
  return resign(withByteRange(prepared, name, `[0 ${start} ${end} ${prepared.length - end}]`), name, make);
}
