import { nameOf, type PdfDict, type Revision } from '@buffrsign/pades/reader';
import { fieldsOf, itemsOf } from './form.ts';

const BYTE_RANGE = '/ByteRange';

/** What the form says of signatures. */
export interface SignatureSurvey {
  readonly signed: boolean;
  /** Fully qualified names of signature fields that nobody has signed. */
  readonly emptyFields: readonly string[];
  /** The least that a certification allows (12.8.2.2): 1 nothing, 2 filling in and signing, 3 annotating too. */
  readonly certifiedFor: number | null;
}

export function surveySignatures(revision: Revision): SignatureSurvey {
  const fields = [...fieldsOf(revision)].filter(({ type }) => type === 'Sig');
  const values = fields.flatMap(({ value }) => (value?.type === 'dict' ? [value] : []));
  const permissions = values.flatMap((value) => certifiedFor(revision, value));
  return {
    signed: values.length > 0,
    emptyFields: fields.filter(({ value }) => value?.type !== 'dict').map(({ name }) => name),
    certifiedFor: permissions.length > 0 ? Math.min(...permissions) : null,
  };
}

function certifiedFor(revision: Revision, signature: PdfDict): number[] {
  return itemsOf(revision, signature.entries.get('Reference')).flatMap((item) => {
    const entry = revision.resolve(item);
    if (entry.type !== 'dict' || nameOf(revision.resolve(entry.entries.get('TransformMethod'))) !== 'DocMDP') return [];
    const parameters = revision.resolve(entry.entries.get('TransformParams'));
    const permission = parameters.type === 'dict' ? revision.resolve(parameters.entries.get('P')) : parameters;
    // 2 is the default of ISO 32000-1, table 254.
    return [permission.type === 'number' ? permission.value : 2];
  });
}

/**
 * Whether there may be a signature that no field of the form holds: unlinked by a later revision, or hidden. Such a file
 * is neither rewritten, which would destroy it, nor taken for signed. What usage rights (12.8.2.3) sign is no person's.
 */
export function hasUnlistedSignature(revision: Revision): boolean {
  const permissions = revision.resolve(revision.catalog.entries.get('Perms'));
  const rights = permissions.type === 'dict' ? ['UR', 'UR3'].filter((key) => revision.resolve(permissions.entries.get(key)).type === 'dict').length : 0;
  return occurrences(revision.bytes, rights + 1) > rights;
}

/** A signature's /ByteRange must lie open in the file: it counts the bytes around it. */
export const looksSigned = (pdf: Uint8Array): boolean => occurrences(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength), 1) > 0;

function occurrences(bytes: Buffer, atMost: number): number {
  let count = 0;
  for (let at = bytes.indexOf(BYTE_RANGE); at >= 0 && count < atMost; at = bytes.indexOf(BYTE_RANGE, at + 1)) count += 1;
  return count;
}
