import { failure } from '../finding.ts';
import { onlyWhitespaceAfter } from '../pdf/indirect.ts';
import type { Verification } from './report.ts';

const END_MARKER = '%%EOF';
const CR = 0x0d;
const LF = 0x0a;

/** Where the last revision ends: after its end marker, if anything but white space follows that; otherwise where the file ends. */
export function endOfRevisions(pdf: Uint8Array): number {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const marker = bytes.lastIndexOf(END_MARKER);
  if (marker < 0 || onlyWhitespaceAfter(bytes, marker + END_MARKER.length)) return bytes.length;
  return afterLineEnd(bytes, marker + END_MARKER.length);
}

/** The line of the marker is part of the revision: signatures cover its end as well. */
function afterLineEnd(bytes: Buffer, position: number): number {
  const end = bytes[position] === CR ? position + 1 : position;
  return bytes[end] === LF ? end + 1 : end;
}

/**
 * What was found, of a file with bytes behind its end that belong to no revision. Readers disagree about what they mean:
 * some repair such a file by looking for objects everywhere, so nothing that is signed in it can be relied on.
 */
export function withLooseBytes(verification: Verification, count: number): Verification {
  const { verdict, signatures, findings } = verification;
  const loose = failure('BYTES_AFTER_END', `${count} bytes follow the end of the document and belong to no revision of it.`);
  return {
    ...verification,
    verdict: verdict === 'UNSIGNED' ? verdict : 'INVALID',
    signatures: signatures.map((signature) => ({ ...signature, coversWholeFile: false })),
    findings: [...findings, loose],
  };
}
