import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { PdfRefusal, SigningFailure, keySigner, signPdf, type SignPdfOptions, type Signer } from '../src/index.ts';
import { childrenOf } from '../src/der/read.ts';
import { oid } from '../src/der/write.ts';
import { Revision } from '../src/pdf/revision.ts';
import { ONE_PAGE, classicPdf, hybridPdf, streamPdf } from './support/fixtures.ts';
import { cmsParts, signaturesOf, text } from './support/signature.ts';
import { ALGORITHMS, NOW, freshSeal } from './support/trust.ts';

let seal: Awaited<ReturnType<typeof freshSeal>>;
let options: SignPdfOptions;
beforeAll(async () => {
  seal = await freshSeal();
  options = { signer: seal.signer, signedAt: NOW };
});

async function onlySignature(pdf: Uint8Array) {
  const [signature, ...others] = signaturesOf(pdf);
  if (!signature || others.length > 0) throw new Error('There must be exactly one signature.');
  return signature;
}

describe('signPdf', () => {
  it.each([
    ['classic', classicPdf],
    ['stream', streamPdf],
    ['hybrid', hybridPdf],
  ])('only appends to a %s file, and covers everything but /Contents', async (_, input) => {
    const pdf = input();
    const before = pdf.slice();
    const signed = await signPdf(pdf, options);
    expect(pdf).toEqual(before);
    expect(signed.subarray(0, pdf.length)).toEqual(pdf);
    const { byteRange } = await onlySignature(signed);
    const [start, length = 0, next = 0, rest = 0] = byteRange;
    expect(start).toBe(0);
    expect(next + rest).toBe(signed.length);
    expect(Buffer.from(signed.subarray(length, next)).toString('latin1')).toMatch(/^<[0-9a-f]+>$/);
  });

  it('continues with the kind of cross-reference that the file has', async () => {
    expect(new Revision(await signPdf(classicPdf(), options)).xref.newest.kind).toBe('table');
    expect(new Revision(await signPdf(hybridPdf(), options)).xref.newest.kind).toBe('table');
    expect(new Revision(await signPdf(streamPdf(), options)).xref.newest.kind).toBe('stream');
  });

  it.each(ALGORITHMS)('signs exactly content type, digest and certificate with %s, and no signing time', async (algorithm) => {
    const { signer } = await freshSeal(algorithm);
    const signature = await onlySignature(await signPdf(classicPdf(), { ...options, signer }));
    const { attributes, content, certificates } = cmsParts(signature.cms);
    const values = new Map(attributes.map((attribute) => {
      const [type, set] = childrenOf(attribute);
      return [type?.bytes.toString('hex'), set?.content];
    }));
    const hex = (dotted: string): string => oid(dotted).toString('hex');
    const [contentType, messageDigest, certificateV2] = ['1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4', '1.2.840.113549.1.9.16.2.47'].map(hex);
    expect([...values.keys()].sort()).toEqual([contentType, messageDigest, certificateV2].sort());
    expect(attributes).toHaveLength(3);
    expect(values.get(contentType)).toEqual(oid('1.2.840.113549.1.7.1'));
    expect(values.get(messageDigest)?.subarray(2)).toEqual(createHash('sha256').update(signature.covered).digest());
    expect(values.get(certificateV2)?.subarray(-32)).toEqual(createHash('sha256').update(signer.certificate).digest());
    expect(content).toHaveLength(1);
    expect(certificates.map(({ bytes }) => bytes.toString('hex')).sort()).toEqual(
      [signer.certificate, ...signer.chain].map((der) => Buffer.from(der).toString('hex')).sort(),
    );
  });

  it('writes what is claimed, in any script, into the signature dictionary', async () => {
    const claims = { reason: 'Ich (genehmige) \\ dies', name: 'محمد 王 😀', location: 'Windhoek' };
    const { dict } = await onlySignature(await signPdf(classicPdf(), { ...options, ...claims, signedAt: new Date(NOW.setMilliseconds(0)) }));
    expect(text(dict, 'SubFilter')).toBe('ETSI.CAdES.detached');
    expect(text(dict, 'Filter')).toBe('Adobe.PPKLite');
    expect(text(dict, 'M')).toBe(`D:${NOW.toISOString().replace(/[-:T]|\.000/g, '')}`);
    expect([text(dict, 'Reason'), text(dict, 'Name'), text(dict, 'Location')]).toEqual([claims.reason, claims.name, claims.location]);
    expect(dict.entries.has('Cert')).toBe(false);
  });

  it('keeps form fields, annotations and every other entry of what it must rewrite', async () => {
    const pdf = classicPdf({
      ...ONE_PAGE,
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields 6 0 R /DA (/Helv 0 Tf \\(x\\)) /SigFlags 1>> /Lang (en-NA) /X#20Y .50>>',
      3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots 5 0 R>>',
      5: '[7 0 R]',
      6: '[7 0 R]',
      7: '<</Type /Annot /Subtype /Widget /FT /Tx /T (Signature1) /V (kept) /Rect [0 0 9 9]>>',
    });
    const revision = new Revision(await signPdf(pdf, options));
    const form = revision.dict(revision.catalog.entries.get('AcroForm'), 'form');
    expect(revision.array(form.entries.get('Fields'), 'fields').items).toHaveLength(2);
    expect(revision.array({ type: 'reference', number: 5, generation: 0 }, 'annots').items).toHaveLength(2);
    expect(form.entries.get('DA')).toEqual({ type: 'string', source: '(/Helv 0 Tf \\(x\\))' });
    expect(form.entries.get('SigFlags')).toMatchObject({ value: 3 });
    expect(revision.catalog.entries.get('X Y')).toMatchObject({ source: '.50' });
    expect(signaturesOf(await signPdf(pdf, options)).map(({ fieldName }) => fieldName)).toEqual(['Signature2']);
  });

  it('leaves an earlier signature and its covered bytes untouched', async () => {
    const once = await signPdf(classicPdf(), options);
    const [first] = signaturesOf(once);
    const [again, second] = signaturesOf(await signPdf(once, options));
    expect(again).toEqual(first);
    expect(second?.fieldName).toBe('Signature2');
  });

  it('certifies once, first, and for as long as the certificate permits signing', async () => {
    const certified = await signPdf(classicPdf(), { ...options, certify: 2 });
    expect(new Revision(certified).catalog.entries.has('Perms')).toBe(true);
    expect(signaturesOf(await signPdf(certified, options))).toHaveLength(2);
    await expect(signPdf(certified, { ...options, certify: 3 })).rejects.toMatchObject({ code: 'ALREADY_SIGNED' });
    const final = await signPdf(streamPdf(), { ...options, certify: 1 });
    await expect(signPdf(final, options)).rejects.toMatchObject({ name: 'PdfRefusal', code: 'CHANGES_NOT_PERMITTED' });
  });

  it('names the field as asked, and refuses a name that is taken', async () => {
    const once = await signPdf(classicPdf(), { ...options, fieldName: 'Platform seal' });
    expect((await onlySignature(once)).fieldName).toBe('Platform seal');
    await expect(signPdf(once, { ...options, fieldName: 'Platform seal' })).rejects.toMatchObject({ code: 'FIELD_NAME_TAKEN' });
  });
});

describe('signPdf refuses', () => {
  const failsWith = (change: () => Partial<SignPdfOptions>, code: SigningFailure['code']) => async () => {
    const outcome = signPdf(classicPdf(), { ...options, ...change() });
    await expect(outcome).rejects.toBeInstanceOf(SigningFailure);
    await expect(outcome).rejects.toMatchObject({ code });
  };
  const withSigner = (change: (signer: Signer) => Partial<Signer>) => () => ({ signer: { ...seal.signer, ...change(seal.signer) } });

  it('a field name with a period', failsWith(() => ({ fieldName: 'a.b' }), 'INVALID_OPTION'));
  it('a date that is none', failsWith(() => ({ signedAt: new Date(Number.NaN) }), 'INVALID_OPTION'));
  it('a certificate that is not valid at the signing date', failsWith(() => ({ signedAt: new Date('2001-01-01') }), 'SIGNER_CERTIFICATE_EXPIRED'));
  it('a certificate that is none', failsWith(withSigner(() => ({ certificate: new Uint8Array([0x30, 0]) })), 'SIGNER_CERTIFICATE_UNUSABLE'));
  it('an algorithm that does not fit the key', failsWith(withSigner(() => ({ algorithm: 'rsa-sha256' })), 'SIGNER_CERTIFICATE_UNUSABLE'));
  it('a chain in the wrong order', failsWith(withSigner(({ chain }) => ({ chain: [...chain].reverse() })), 'SIGNER_CHAIN_BROKEN'));
  it('a signature by another key', async () => {
    const { trust } = await freshSeal();
    const other = keySigner({ certificate: trust.seal, chain: [], privateKey: trust.sealKey });
    await failsWith(withSigner(() => ({ sign: other.sign })), 'SIGNER_KEY_MISMATCH')();
  });
  it('an ECDSA value as r and s instead of DER', failsWith(withSigner(() => ({ sign: async () => new Uint8Array(64).fill(7) })), 'SIGNER_KEY_MISMATCH'));

  it('to hand out a signature when the input changed while the signer was at work', async () => {
    const pdf = classicPdf();
    const signer: Signer = {
      ...seal.signer,
      sign: async (tbs) => {
        pdf[20] = 0;
        return seal.signer.sign(tbs);
      },
    };
    await expect(signPdf(pdf, { ...options, signer })).rejects.toMatchObject({ code: 'INPUT_CHANGED' });
  });

  it('a PDF with one named error class', async () => {
    await expect(signPdf(new Uint8Array(), options)).rejects.toBeInstanceOf(PdfRefusal);
  });
});

describe('The seal of the test trust', () => {
  it('holds the key of its certificate', () => {
    expect(createPublicKey(seal.trust.sealKey).equals(new X509Certificate(seal.trust.seal).publicKey)).toBe(true);
  });
});
