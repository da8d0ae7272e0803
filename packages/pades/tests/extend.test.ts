import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExtensionFailure, PdfRefusal, RevocationUnavailable, TimestampUnavailable, createTimestampClient, extendPdf, extendUpdate, signPdf, type ExtendPdfOptions } from '../src/index.ts';
import { issueSignerCertificate, testRevocationSource, testTimestampAuthority } from '../src/test-trust/index.ts';
import type { PdfDict } from '../src/pdf/objects.ts';
import { Revision } from '../src/pdf/revision.ts';
import { readSignedData } from '../src/cms/read.ts';
import { checkOcsp } from '../src/revocation/ocsp.ts';
import { Certificate } from '../src/x509/certificate.ts';
import { corpusFile, readableFiles } from './support/corpus.ts';
import { classicPdf, hybridPdf, streamPdf } from './support/fixtures.ts';
import { formBodies } from './support/form-fixture.ts';
import { signaturesOf, text } from './support/signature.ts';
import { signatureTimestampOf } from './support/timestamp.ts';
import { Workshop, describeWith, run } from './support/tools.ts';
import { NOW, freshSeal } from './support/trust.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());
const after = (ms: number): Date => new Date(NOW.getTime() + ms);
const YEAR = 365 * 24 * 60 * 60 * 1000;

let seal: Awaited<ReturnType<typeof freshSeal>>;
let options: ExtendPdfOptions;
let three: Uint8Array;
beforeAll(async () => {
  seal = await freshSeal();
  options = optionsAt(after(1000));
  three = await threeSigners(classicPdf());
});

function optionsAt(now: Date, level: 'B-LT' | 'B-LTA' = 'B-LTA'): ExtendPdfOptions {
  return { level, now, trust: [seal.trust.root], revocation: testRevocationSource(seal.trust, now), timestamp: testTimestampAuthority(seal.trust, now) };
}

/** The seal certifies, and two people sign with certificates of their own. */
async function threeSigners(pdf: Uint8Array): Promise<Uint8Array> {
  const timestamp = testTimestampAuthority(seal.trust, NOW);
  let signed = await signPdf(pdf, { signer: seal.signer, signedAt: NOW, timestamp, certify: 2, fieldName: 'platform_seal' });
  for (const name of ['Anna', 'Petrus']) {
    signed = await signPdf(signed, { signer: await issueSignerCertificate(seal.trust, { name, now: NOW }), signedAt: NOW, timestamp });
  }
  return signed;
}

interface Store {
  readonly Certs: Buffer[];
  readonly OCSPs: Buffer[];
  readonly CRLs: Buffer[];
  readonly vri: readonly string[];
}

function storeOf(pdf: Uint8Array): Store {
  const revision = new Revision(pdf);
  const store = revision.dict(revision.catalog.entries.get('DSS'), '/DSS');
  const values = (key: string): Buffer[] => revision.array(store.entries.get(key), key).items.flatMap((item) => {
    const stream = revision.resolve(item);
    return stream.type === 'stream' ? [revision.bytes.subarray(stream.start, stream.end)] : [];
  });
  const vri: PdfDict | undefined = revision.optionalDict(store.entries.get('VRI'), '/VRI');
  return { Certs: values('Certs'), OCSPs: values('OCSPs'), CRLs: values('CRLs'), vri: [...(vri?.entries.keys() ?? [])] };
}

const timestampsOf = (pdf: Uint8Array) => signaturesOf(pdf).filter(({ dict }) => text(dict, 'Type') === 'DocTimeStamp');

describe('extendPdf', () => {
  it('brings certificates and answers made after the signatures into the file, each once, and stamps the whole', async () => {
    const extended = await extendPdf(three, options);
    expect(extended.subarray(0, three.length)).toEqual(three);
    const { Certs, OCSPs, CRLs, vri } = storeOf(extended);
    const names = Certs.map((der) => /CN=(.*)/.exec(new X509Certificate(der).subject)?.[1]);
    expect(names.sort()).toEqual(['Anna', 'Petrus', ...['Issuing CA', 'OCSP', 'Platform Seal', 'Root CA', 'Root OCSP', 'Timestamp Authority'].map((role) => `BuffrSign TEST ${role} (not for real use)`)].sort());
    // Seal, two people, the stamping authority, and the issuing authority.
    expect([OCSPs.length, CRLs.length, vri.length]).toEqual([5, 0, 0]);
    const [stamp, ...others] = timestampsOf(extended);
    expect([text(stamp!.dict, 'SubFilter'), stamp!.fieldName, others.length]).toEqual(['ETSI.RFC3161', 'timestamp_1', 0]);
    expect(stamp!.dict.entries.has('M')).toBe(false);
    expect((stamp!.byteRange[2] ?? 0) + (stamp!.byteRange[3] ?? 0)).toBe(extended.length);
  });

  it('stops before the time-stamp for level B-LT, and says what it extended', async () => {
    const { bytes, timestamp, extended, skipped } = await extendUpdate(three, { ...options, level: 'B-LT' });
    const pdf = Buffer.concat([three, bytes]);
    expect([timestamp, extended, skipped, timestampsOf(pdf).length]).toEqual([null, ['platform_seal', 'Signature1', 'Signature2'], [], 0]);
    expect(storeOf(pdf).OCSPs).toHaveLength(5);
  });

  it('adds nothing twice: a second B-LT is empty, and B-LTA after it asks nobody again', async () => {
    const first = await extendPdf(three, { ...options, level: 'B-LT' });
    const silent = { fetch: () => Promise.reject(new Error('Nobody should be asked.')) };
    expect((await extendUpdate(first, { ...options, level: 'B-LT', revocation: silent })).bytes).toHaveLength(0);
    expect(timestampsOf(await extendPdf(first, { ...options, revocation: silent }))).toHaveLength(1);
  });

  it('renews the archive years later, when signers have expired: provides for the last time-stamp and sets a new one', async () => {
    const first = await extendPdf(three, options);
    const asked: string[] = [];
    const later = optionsAt(after(3 * YEAR));
    const revocation = { fetch: (...call: Parameters<typeof later.revocation.fetch>) => (asked.push(new X509Certificate(call[0]).subject), later.revocation.fetch(...call)) };
    const renewed = await extendPdf(first, { ...later, revocation });
    expect(renewed.subarray(0, first.length)).toEqual(first);
    expect(timestampsOf(renewed).map(({ fieldName }) => fieldName)).toEqual(['timestamp_1', 'timestamp_2']);
    // Those who signed three years ago are not asked about: what the file holds is enough.
    expect(asked.filter((subject) => /Anna|Petrus|Seal/.test(subject))).toEqual([]);
    expect(timestampsOf(await extendPdf(renewed, optionsAt(after(6 * YEAR))))).toHaveLength(3);
  });

  it('takes revocation lists as well, and lists data by signature where that is asked for', async () => {
    const extended = await extendPdf(three, { ...options, revocation: testRevocationSource(seal.trust, after(1000), { kind: 'crl' }), vri: true });
    const { OCSPs, CRLs, vri } = storeOf(extended);
    // One list for all that the issuing authority issued; the root answers for the issuing authority.
    expect([OCSPs.length, CRLs.length, vri.length]).toEqual([1, 1, 3]);
  });

  it('takes a document time-stamp as proof of time for a signature that has none of its own', async () => {
    const plain = await signPdf(classicPdf(), { signer: seal.signer, signedAt: NOW });
    await expect(extendPdf(plain, options)).rejects.toMatchObject({ name: 'ExtensionFailure', code: 'NOT_TIMESTAMPED' });
    const { documentTimestamp } = await import('../src/extend/document-timestamp.ts');
    const stamped = Buffer.concat([plain, (await documentTimestamp(plain, testTimestampAuthority(seal.trust, NOW))).bytes]);
    expect(storeOf(await extendPdf(stamped, options)).OCSPs.length).toBeGreaterThan(0);
  });

  it('passes over the signature of a stranger and says so', async () => {
    const stranger = await freshSeal();
    const pdf = await signPdf(three, { signer: stranger.signer, signedAt: NOW, timestamp: testTimestampAuthority(stranger.trust, NOW), fieldName: 'stranger' });
    const { extended, skipped } = await extendUpdate(pdf, options);
    expect(extended).toEqual(['platform_seal', 'Signature1', 'Signature2']);
    expect(skipped).toEqual([{ fieldName: 'stranger', reason: expect.stringContaining('certificate') }]);
  });
});

describe('extendPdf refuses', () => {
  it('a signer whose certificate had been revoked by the time of signing, and takes one revoked later', async () => {
    const serial = signerSerial(three, 1);
    const revokedAt = (date: Date) => extendPdf(three, { ...options, revocation: testRevocationSource(seal.trust, after(1000), { revoked: new Map([[serial, date]]) }) });
    await expect(revokedAt(after(-60_000))).rejects.toMatchObject({ name: 'ExtensionFailure', code: 'CERTIFICATE_REVOKED', message: expect.stringContaining('Anna') });
    expect(storeOf(await revokedAt(after(1000))).OCSPs).toHaveLength(5);
  });

  it('a broken signature', async () => {
    const forged = three.slice();
    const at = Buffer.from(forged).indexOf('0 0 1 rg');
    forged[at] = 0x31;
    await expect(extendPdf(forged, options)).rejects.toMatchObject({ name: 'ExtensionFailure', code: 'SIGNATURE_BROKEN' });
  });

  it('a document without a signature that leads to a trusted root', async () => {
    const stranger = await freshSeal();
    await expect(extendPdf(classicPdf(), options)).rejects.toMatchObject({ code: 'NOTHING_TO_EXTEND' });
    await expect(extendPdf(three, { ...options, trust: [stranger.trust.root] })).rejects.toMatchObject({ code: 'NOTHING_TO_EXTEND' });
  });

  it('a time-stamp by an authority that is not trusted', async () => {
    const stranger = await freshSeal();
    const pdf = await signPdf(classicPdf(), { signer: seal.signer, signedAt: NOW, timestamp: testTimestampAuthority(stranger.trust, NOW) });
    await expect(extendPdf(pdf, options)).rejects.toMatchObject({ code: 'TIMESTAMP_UNTRUSTED' });
  });

  it('answers that were made before the signature, or by somebody else', async () => {
    const old = testRevocationSource(seal.trust, after(-60_000));
    await expect(extendPdf(three, { ...options, revocation: old })).rejects.toBeInstanceOf(RevocationUnavailable);
    const lying = { fetch: async () => old.fetch(seal.trust.seal, seal.trust.issuing, after(-60_000)) };
    await expect(extendPdf(three, { ...options, revocation: lying })).rejects.toBeInstanceOf(RevocationUnavailable);
    const { trust: other } = await freshSeal();
    const foreign = { fetch: async () => testRevocationSource(other, after(1000)).fetch(other.seal, other.issuing, NOW) };
    await expect(extendPdf(three, { ...options, revocation: foreign })).rejects.toBeInstanceOf(RevocationUnavailable);
  });

  it('level B-LTA without an authority, and passes on why there is no time-stamp', async () => {
    const { timestamp: _, ...without } = options;
    await expect(extendPdf(three, without)).rejects.toBeInstanceOf(ExtensionFailure);
    const down = createTimestampClient({ url: 'http://127.0.0.1:1/', trust: [] });
    await expect(extendPdf(three, { ...options, timestamp: down })).rejects.toBeInstanceOf(TimestampUnavailable);
  });

  it('what is no PDF', async () => {
    await expect(extendPdf(new Uint8Array(9), options)).rejects.toBeInstanceOf(PdfRefusal);
  });
});

function signerSerial(pdf: Uint8Array, index: number): string {
  const certificates = storeless(signaturesOf(pdf)[index]?.cms ?? Buffer.alloc(0));
  return certificates.find(({ subject }) => subject.includes('CN=Anna'))?.serialNumber ?? '';
}

function storeless(cms: Buffer): X509Certificate[] {
  return readSignedData(cms).certificates.map((der) => new X509Certificate(der));
}

const inputs: readonly (readonly [string, () => Uint8Array])[] = [
  ['a classic file', () => classicPdf()],
  ['a file with a cross-reference stream', () => streamPdf()],
  ['a hybrid file', () => hybridPdf()],
  ['a file with a form', () => classicPdf(formBodies())],
  ...readableFiles.map((file) => [file, () => corpusFile(file)] as const),
];

describe('Three signatures of level B-LTA', () => {
  describeWith(['pdfsig', 'certutil', 'qpdf'], 'for pdfsig and qpdf', () => {
    it.each(inputs)('are valid, trusted and without structural faults in %s', async (_, input) => {
      const pdf = await extendPdf(await threeSigners(input()), options);
      const output = workshop.pdfsig(pdf, seal.rootPem);
      expect(output.match(/Signature is Valid\./g)).toHaveLength(3);
      expect(output.match(/Certificate is Trusted\./g)).toHaveLength(3);
      expect(run('qpdf', ['--check', workshop.file(pdf)])).toMatchObject({ code: 0, output: expect.stringContaining('No syntax or stream encoding errors found') });
    });
  });

  describeWith(['openssl'], 'for openssl', () => {
    it.each(inputs)('and their time-stamps verify in %s', async (_, input) => {
      const pdf = await extendPdf(await threeSigners(input()), options);
      const root = workshop.file(seal.rootPem, 'pem');
      for (const { dict, cms, covered } of signaturesOf(pdf)) {
        const content = workshop.file(covered, 'bin');
        const stamp = (token: Buffer, data: string) => run('openssl', ['ts', '-verify', '-data', data, '-in', workshop.file(token, 'der'), '-token_in', '-CAfile', root]);
        if (text(dict, 'Type') === 'DocTimeStamp') {
          expect(stamp(cms, content)).toMatchObject({ code: 0 });
          continue;
        }
        const verify = ['cms', '-verify', '-cades', '-binary', '-purpose', 'any', '-inform', 'DER', '-in', workshop.file(cms, 'der')];
        expect(run('openssl', [...verify, '-content', content, '-CAfile', root, '-out', workshop.file('', 'out')])).toMatchObject({ code: 0 });
        const { token, value } = signatureTimestampOf(cms);
        expect(stamp(token ?? Buffer.alloc(0), workshop.file(value, 'bin'))).toMatchObject({ code: 0 });
      }
    });
  });

  it('hold answers that are younger than the signatures', async () => {
    const { OCSPs, Certs } = storeOf(await extendPdf(three, options));
    const issuing = Certificate.read(seal.trust.issuing);
    const anna = Certificate.read(Certs.find((der) => new X509Certificate(der).subject.includes('CN=Anna')) ?? Buffer.alloc(0));
    const answers = OCSPs.flatMap((ocsp) => {
      try {
        return [checkOcsp(ocsp, { certificate: anna, issuer: issuing, now: after(2000) })];
      } catch {
        return [];
      }
    });
    expect(answers).toMatchObject([{ status: 'GOOD' }]);
    expect(answers[0]!.thisUpdate.getTime()).toBeGreaterThan(NOW.getTime());
  });
});
