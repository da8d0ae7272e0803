import { createHash } from 'node:crypto';
import type { DigestAlgorithm } from '../cms/algorithms.ts';
import type { PdfReference } from '../pdf/objects.ts';
import type { Update } from '../pdf/update.ts';
import { BYTE_RANGE_LENGTH, type SignatureDictionary } from './signature-dictionary.ts';

/** An update that is complete but for what goes into /Contents. */
export interface Draft {
  /** To be appended; /ByteRange is written. */
  readonly bytes: Buffer;
  /** Where in `bytes` the /Contents token begins and ends. */
  readonly contentsAt: number;
  readonly contentsEnd: number;
}

/** Builds the update and writes its /ByteRange: everything is covered except the /Contents token (ISO 32000-1, 12.8.1). */
export function buildDraft(update: Update, signature: PdfReference, dictionary: SignatureDictionary): Draft {
  const { bytes, bodyOffset } = update.build();
  const base = update.revision.bytes.length;
  const at = bodyOffset(signature) - base;
  const contentsAt = at + dictionary.contentsAt;
  const contentsEnd = contentsAt + dictionary.contentsLength;
  const range = `[0 ${base + contentsAt} ${base + contentsEnd} ${bytes.length - contentsEnd}]`;
  bytes.write(range.padEnd(BYTE_RANGE_LENGTH), at + dictionary.byteRangeAt, 'latin1');
  return { bytes, contentsAt, contentsEnd };
}

/** The digest of the file that `pdf` and the draft make, but for /Contents; the two are never copied together. */
export function coveredDigest(pdf: Uint8Array, { bytes, contentsAt, contentsEnd }: Draft, algorithm: DigestAlgorithm): Buffer {
  return createHash(algorithm).update(pdf).update(bytes.subarray(0, contentsAt)).update(bytes.subarray(contentsEnd)).digest();
}

/** Bytes that fit into /Contents. */
export function roomOf({ contentsAt, contentsEnd }: Draft): number {
  return (contentsEnd - contentsAt - 2) / 2;
}

/** Puts the signature into its room; what it leaves stays zero. */
export function writeContents(draft: Draft, contents: Buffer): void {
  if (contents.length > roomOf(draft)) throw new RangeError('The signature is longer than the room reserved for it.');
  draft.bytes.write(contents.toString('hex'), draft.contentsAt + 1, 'latin1');
}
