import { failure, type Finding } from '../finding.ts';
import { VERIFICATION_LIMITS } from '../limits.ts';
import { integerOf, nameOf, type PdfDict } from '../pdf/objects.ts';
import type { Revision } from '../pdf/revision.ts';
import { bytesOf } from '../pdf/text-string.ts';
import { PdfRefusal, tooComplex } from '../refusal.ts';
import { readFieldTree, type FieldNode, type FieldTree } from './fields.ts';
import { locate, type LocatedValue } from './locate.ts';

/** The bytes a signature covers: from the start of the file to `end`, without the token of /Contents between. */
export interface Coverage {
  readonly gapStart: number;
  readonly gapEnd: number;
  readonly end: number;
}

/** A signature as the form of a revision shows it. */
export interface SignatureValue {
  readonly field: FieldNode;
  readonly dict: PdfDict;
  readonly subFilter: string | undefined;
  readonly isDocTimestamp: boolean;
  /** Undefined where the findings tell what is wrong with it. */
  readonly coverage: Coverage | undefined;
  /** /Contents with its padding; empty when there is none. */
  readonly contents: Buffer;
  readonly findings: readonly Finding[];
}

/** All signature fields with a value, found through the form as a viewer finds them, never by searching the bytes. */
export function readSignatures(revision: Revision, fields: FieldTree): SignatureValue[] {
  const signed = fields.nodes.filter(({ type, dict }) => type === 'Sig' && revision.resolve(dict.entries.get('V')).type !== 'null');
  if (signed.length > VERIFICATION_LIMITS.signatures) throw tooComplex('it has too many signatures');
  return signed.map((field) => readSignature(revision, field));
}

function readSignature(revision: Revision, field: FieldNode): SignatureValue {
  const value = revision.resolve(field.dict.entries.get('V'));
  const dict: PdfDict = value.type === 'dict' ? value : { type: 'dict', entries: new Map() };
  const findings: Finding[] = [];
  const token = contentsToken(revision, field);
  const contents = contentsOf(token, findings);
  const coverage = token && contents ? coverageOf(revision, field, dict, token, findings) : undefined;
  const subFilter = nameOf(revision.resolve(dict.entries.get('SubFilter')));
  const type = nameOf(revision.resolve(dict.entries.get('Type')));
  const isDocTimestamp = subFilter === 'ETSI.RFC3161' || type === 'DocTimeStamp';
  return { field, dict, subFilter, isDocTimestamp, coverage, contents: contents ?? Buffer.alloc(0), findings };
}

/** Where the file keeps /Contents; undefined when that is not a place of its own in the bytes. */
function contentsToken(revision: Revision, { dict, number }: FieldNode): LocatedValue | undefined {
  const value = dict.entries.get('V');
  const isReference = value?.type === 'reference';
  const holder = isReference ? value.number : number;
  const entry = holder === undefined ? undefined : revision.xref.find(holder);
  if (entry?.kind !== 'at') return undefined;
  return locate(revision.bytes, entry.offset, isReference ? ['Contents'] : ['V', 'Contents'], revision.budget);
}

function contentsOf(token: LocatedValue | undefined, findings: Finding[]): Buffer | undefined {
  if (token?.value.type === 'string' && /^<[0-9A-Fa-f]+>$/.test(token.value.source) && token.value.source.length % 2 === 0) {
    return bytesOf(token.value);
  }
  findings.push(failure('CONTENTS_MISSING', 'The signature has no /Contents, or it is not one run of hexadecimal digits in the file.'));
  return undefined;
}

function coverageOf(revision: Revision, field: FieldNode, dict: PdfDict, token: LocatedValue, findings: Finding[]): Coverage | undefined {
  const range = byteRangeOf(dict);
  if (!range) {
    findings.push(failure('BYTE_RANGE_MALFORMED', 'The /ByteRange is missing or is not four integers in order.'));
    return undefined;
  }
  const [start, gapStart, gapEnd, length] = range;
  const end = gapEnd + length;
  if (start !== 0 || end > revision.bytes.length || length === 0) {
    findings.push(failure('BYTE_RANGE_WRONG', 'The /ByteRange does not begin with the file, or ends outside of it.'));
    return undefined;
  }
  if (gapStart !== token.start || gapEnd !== token.end) {
    findings.push(failure('BYTE_RANGE_GAP', 'The gap in /ByteRange is not exactly /Contents: other bytes were left unsigned.'));
    return undefined;
  }
  const coverage = { gapStart, gapEnd, end };
  return isWhole(revision, field, coverage, findings) ? coverage : undefined;
}

/** [offset, length, offset, length]; direct, because an object of its own could be replaced later. */
function byteRangeOf(dict: PdfDict): readonly [number, number, number, number] | undefined {
  const array = dict.entries.get('ByteRange');
  if (array?.type !== 'array' || array.items.length !== 4) return undefined;
  const [a = -1, b = -1, c = -1, d = -1] = array.items.map((item) => integerOf(item) ?? -1);
  return a >= 0 && b >= 0 && c >= a + b && d >= 0 ? [a, b, c, d] : undefined;
}

/** The covered bytes must be a PDF that holds this very signature: else something else was signed. */
function isWhole(revision: Revision, field: FieldNode, { end, gapStart }: Coverage, findings: Finding[]): boolean {
  try {
    const covered = end === revision.bytes.length ? revision : revision.prefix(end);
    const same = readFieldTree(covered).nodes.find(({ name, number, dict }) => name === field.name && number === field.number && dict.entries.has('V'));
    if (same && contentsToken(covered, same)?.start === gapStart) return true;
    findings.push(failure('NOT_IN_COVERED_REVISION', 'The bytes that the signature covers do not hold this signature.'));
  } catch (error) {
    if (!(error instanceof PdfRefusal) || error.code === 'TOO_COMPLEX') throw error;
    findings.push(failure('COVERED_REVISION_UNREADABLE', `The bytes that the signature covers are no whole PDF. ${error.message}`));
  }
  return false;
}
