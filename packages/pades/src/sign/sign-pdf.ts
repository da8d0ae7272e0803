import { prepareSigner, type PreparedSigner } from '../cms/prepared-signer.ts';
import { signedData, signedDataLengthMax } from '../cms/signed-data.ts';
import { readFieldLock, type FieldLock } from '../pdf/field-lock.ts';
import { surveyForm, type FormSurvey } from '../pdf/form.ts';
import { Revision } from '../pdf/revision.ts';
import { Update } from '../pdf/update.ts';
import { PdfRefusal, SigningFailure } from '../refusal.ts';
import { AppearanceWriter } from './appearance.ts';
import { buildDraft, coveredDigest, roomOf, writeContents, type Draft } from './draft.ts';
import { fillSignatureField, fillTextFields, findField, usableField, type UsableField } from './fill-field.ts';
import { addPermissions, changeForm } from './form-change.ts';
import { addSignatureField, freeFieldName } from './new-field.ts';
import { assertOptions, invalid, type SignPdfOptions, type SignedUpdate } from './options.ts';
import { signatureDictionary, signatureFacts } from './signature-dictionary.ts';
import { ATTEMPTS_MAX, rememberToken, tokenRoom } from './token-room.ts';

/**
 * Signs like {@link signUpdate} and returns the whole file. It begins with exactly the bytes of `pdf`.
 *
 * @throws {PdfRefusal} when the PDF cannot be signed as it is; nothing is ever repaired.
 * @throws {SigningFailure} when signer or options are at fault.
 */
export async function signPdf(pdf: Uint8Array, options: SignPdfOptions): Promise<Uint8Array> {
  // Taken before the signer is asked: what is returned is what was digested.
  const copy = Buffer.from(pdf);
  const { bytes } = await signUpdate(copy, options);
  if (Buffer.compare(copy, pdf) !== 0) {
    throw new SigningFailure('INPUT_CHANGED', 'The PDF was changed while it was being signed; the signature was discarded.');
  }
  const output = new Uint8Array(copy.length + bytes.length);
  output.set(copy);
  output.set(bytes, copy.length);
  return output;
}

/**
 * Makes one PAdES baseline signature, level B-B or with `timestamp` B-T (ETSI EN 319 142-1, SubFilter
 * `ETSI.CAdES.detached`), as the bytes of an incremental update. `pdf` is read and digested before the signer is
 * asked, and never copied; earlier signatures stay valid.
 *
 * @throws {PdfRefusal} when the PDF cannot be signed as it is; nothing is ever repaired.
 * @throws {SigningFailure} when signer or options are at fault; what the time-stamp authority throws comes through.
 */
export async function signUpdate(pdf: Uint8Array, options: SignPdfOptions): Promise<SignedUpdate> {
  assertOptions(options);
  const signer = prepareSigner(options.signer);
  assertValidAt(signer, options.signedAt);
  const authority = options.timestamp;
  let room = authority ? tokenRoom(authority, options.timestampRoom) : undefined;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const { draft, fieldName } = draftSignature(pdf, options, signedDataLengthMax(signer, room));
    const { cms, timestamp } = await signedData(signer, coveredDigest(pdf, draft, signer.algorithm.digest), authority);
    if (authority && timestamp) rememberToken(authority, timestamp.token);
    if (cms.length <= roomOf(draft)) {
      writeContents(draft, cms);
      return { bytes: draft.bytes, timestamp, signerCertificate: options.signer.certificate, fieldName };
    }
    // The room is covered by the signature, so a larger one takes a new signature.
    room = authority && tokenRoom(authority);
  }
  throw new SigningFailure('TIMESTAMP_TOO_LARGE', `The tokens of the time-stamp authority ${authority?.name ?? ''} outgrow the room for them; set timestampRoom.`);
}

function draftSignature(pdf: Uint8Array, options: SignPdfOptions, cmsLengthMax: number): { draft: Draft; fieldName: string } {
  const revision = new Revision(pdf);
  const form = surveyForm(revision);
  assertMaySign(form, options);
  const update = new Update(revision);
  const writer = new AppearanceWriter(update);
  const target = targetField(form, options);
  const signature = update.allocate();
  const dictionary = signatureDictionary('Sig', signatureFacts(options, lockOf(update, target), revision.catalogReference), cmsLengthMax);
  update.put(signature, dictionary.body);
  fillTextFields(update, form, writer, options.fill ?? []);
  const fieldName = target?.field.qualifiedName ?? options.fieldName ?? freeFieldName(form, 'Signature');
  if (target) {
    fillSignatureField(update, target, writer, { signature, appearance: options.appearance });
    changeForm(update);
  } else {
    if (options.appearance) throw invalid('appearance needs an existing signature field, named by fieldName');
    addSignatureField(update, fieldName, signature);
  }
  if (options.certify !== undefined) addPermissions(update, signature);
  return { draft: buildDraft(update, signature, dictionary), fieldName };
}

function assertMaySign(form: FormSurvey, options: SignPdfOptions): void {
  if (form.permission === 1) {
    throw new PdfRefusal('CHANGES_NOT_PERMITTED', 'The PDF is certified and permits no further changes, so it cannot be signed again.');
  }
  if (options.certify !== undefined && form.signatures.length > 0) {
    throw new PdfRefusal('ALREADY_SIGNED', 'The PDF is already signed; only its first signature can certify it.');
  }
}

/** The field to be filled in; undefined when a new one is to be made. */
function targetField(form: FormSurvey, { fieldName }: SignPdfOptions): UsableField | undefined {
  if (fieldName === undefined) return undefined;
  const field = findField(form, fieldName);
  if (!field) {
    if (form.rootFieldNames.has(fieldName)) throw taken(fieldName);
    return undefined;
  }
  if (field.type !== 'Sig' || field.value.type !== 'null') throw taken(fieldName);
  return usableField(form, field, fieldName);
}

function taken(fieldName: string): PdfRefusal {
  return new PdfRefusal('FIELD_NAME_TAKEN', `The form already has a field named "${fieldName}" that is not an empty signature field.`);
}

function lockOf(update: Update, target: UsableField | undefined): FieldLock | undefined {
  const lock = target && update.optionalDict(target.field.dict.entries.get('Lock'), '/Lock');
  return lock && readFieldLock(update, lock);
}

function assertValidAt({ notBefore, notAfter }: PreparedSigner, date: Date): void {
  if (date >= notBefore && date <= notAfter) return;
  const [from, to] = [notBefore.toISOString(), notAfter.toISOString()];
  throw new SigningFailure('SIGNER_CERTIFICATE_EXPIRED', `The signer’s certificate is valid from ${from} to ${to}, not on ${date.toISOString()}.`);
}
