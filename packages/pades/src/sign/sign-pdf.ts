import { createHash } from 'node:crypto';
import { prepareSigner, type PreparedSigner } from '../cms/prepared-signer.ts';
import { signedData, signedDataLengthMax } from '../cms/signed-data.ts';
import { surveyForm, type FormSurvey } from '../pdf/form.ts';
import { Revision } from '../pdf/revision.ts';
import { Update } from '../pdf/update.ts';
import { PdfRefusal, SigningFailure } from '../refusal.ts';
import { assertOptions, type SignPdfOptions } from './options.ts';
import { addSignatureField, fieldNameFor } from './signature-field.ts';
import { BYTE_RANGE_LENGTH, signatureDictionary } from './signature-dictionary.ts';

/** An update whose /ByteRange and /Contents are still empty, and where in the file they are. */
interface UnsignedUpdate {
  readonly bytes: Buffer;
  readonly byteRangeAt: number;
  readonly contentsAt: number;
  readonly contentsEnd: number;
}

/**
 * Appends one PAdES baseline B-B signature (ETSI EN 319 142-1, SubFilter `ETSI.CAdES.detached`) as an
 * incremental update. The result begins with exactly the bytes of `pdf`; earlier signatures stay valid.
 *
 * @throws {PdfRefusal} when the PDF cannot be signed as it is; nothing is ever repaired.
 * @throws {SigningFailure} when signer or options are at fault.
 */
export async function signPdf(pdf: Uint8Array, options: SignPdfOptions): Promise<Uint8Array> {
  assertOptions(options);
  const signer = prepareSigner(options.signer);
  assertValidAt(signer, options.signedAt);
  const update = unsignedUpdate(pdf, options, signedDataLengthMax(signer));

  const output = new Uint8Array(pdf.length + update.bytes.length);
  output.set(pdf);
  output.set(update.bytes, pdf.length);
  writeByteRange(output, update);
  writeContents(output, update, await signedData(signer, coveredDigest(output, update)));
  assertAppended(output, pdf);
  return output;
}

function unsignedUpdate(pdf: Uint8Array, options: SignPdfOptions, cmsLengthMax: number): UnsignedUpdate {
  const revision = new Revision(pdf);
  const form = surveyForm(revision);
  assertMaySign(form, options);
  const update = new Update(revision);
  const signature = update.allocate();
  const dictionary = signatureDictionary(options, cmsLengthMax);
  update.put(signature, dictionary.body);
  addSignatureField(revision, update, signature, {
    fieldName: fieldNameFor(form, options.fieldName),
    certifies: options.certify !== undefined,
  });
  const built = update.build();
  const at = built.bodyOffset(signature);
  const contentsAt = at + dictionary.contentsAt;
  return { bytes: built.bytes, byteRangeAt: at + dictionary.byteRangeAt, contentsAt, contentsEnd: contentsAt + dictionary.contentsLength };
}

function assertMaySign(form: FormSurvey, options: SignPdfOptions): void {
  if (form.certifiedFor === 1) {
    throw new PdfRefusal('CHANGES_NOT_PERMITTED', 'The PDF is certified and permits no further changes, so it cannot be signed again.');
  }
  if (options.certify !== undefined && form.signatures > 0) {
    throw new PdfRefusal('ALREADY_SIGNED', 'The PDF is already signed; only its first signature can certify it.');
  }
}

function assertValidAt({ notBefore, notAfter }: PreparedSigner, date: Date): void {
  if (date >= notBefore && date <= notAfter) return;
  const [from, to] = [notBefore.toISOString(), notAfter.toISOString()];
  throw new SigningFailure('SIGNER_CERTIFICATE_EXPIRED', `The signer’s certificate is valid from ${from} to ${to}, not on ${date.toISOString()}.`);
}

/** Everything is covered except the /Contents token itself (ISO 32000-1, 12.8.1). */
function writeByteRange(output: Uint8Array, { byteRangeAt, contentsAt, contentsEnd }: UnsignedUpdate): void {
  const range = `[0 ${contentsAt} ${contentsEnd} ${output.length - contentsEnd}]`;
  output.set(Buffer.from(range.padEnd(BYTE_RANGE_LENGTH), 'latin1'), byteRangeAt);
}

function coveredDigest(output: Uint8Array, { contentsAt, contentsEnd }: UnsignedUpdate): Buffer {
  return createHash('sha256').update(output.subarray(0, contentsAt)).update(output.subarray(contentsEnd)).digest();
}

/** The room is as long as the longest signature; what an ECDSA value leaves stays zero. */
function writeContents(output: Uint8Array, { contentsAt, contentsEnd }: UnsignedUpdate, cms: Buffer): void {
  const hex = Buffer.from(cms.toString('hex').toUpperCase(), 'latin1');
  if (contentsAt + 1 + hex.length >= contentsEnd) throw new RangeError('The signature is longer than the room reserved for it.');
  output.set(hex, contentsAt + 1);
}

function assertAppended(output: Uint8Array, pdf: Uint8Array): void {
  if (Buffer.compare(output.subarray(0, pdf.length), pdf) !== 0) {
    throw new SigningFailure('INPUT_CHANGED', 'The PDF was changed while it was being signed; the signature was discarded.');
  }
}
