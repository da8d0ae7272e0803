import { base64, fromBase64, HASH_BYTES } from '../bytes.ts';
import { MAX_PROOF } from '../merkle/verify.ts';
import { TransparencyRefusal } from '../refusal.ts';
import { MAX_NOTE } from './signed-note.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** A proof that stands alone as text: C2SP tlog-proof. */
export interface TlogProof {
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The checkpoint, a signed note, as it was issued. */
  readonly checkpoint: string;
  /** Whatever the application needs beside it. It is not authenticated. */
  readonly extra?: Uint8Array;
}

const malformed = (what: string): TransparencyRefusal => new TransparencyRefusal('MALFORMED_NOTE', what);

export const formatTlogProof = ({ index, proof, checkpoint, extra }: TlogProof): string =>
  [HEADER, ...(extra ? [`extra ${base64(extra)}`] : []), `index ${index}`, ...proof.map(base64), '', checkpoint].join('\n');

const hashOf = (line: string): Uint8Array => {
  const bytes = fromBase64(line);
  if (bytes?.length !== HASH_BYTES) throw malformed('Every hash of a proof is 32 bytes in base64.');
  return bytes;
};

/** Reads such a text; verifies nothing. @throws TransparencyRefusal MALFORMED_NOTE. */
export const parseTlogProof = (text: string): TlogProof => {
  if (text.length > 4 * MAX_NOTE) throw malformed('The proof is too long.');
  const end = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(end, 0)).split('\n');
  if (end < 0 || header !== HEADER) throw malformed(`A proof begins with ${HEADER} and has its checkpoint after an empty line.`);
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice('extra '.length)) : null;
  if (extra === undefined) throw malformed('The extra data of a proof is base64.');
  const [, index] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '') ?? [];
  if (index === undefined || !Number.isSafeInteger(Number(index)) || lines.length > MAX_PROOF) throw malformed('A proof says `index` with a number from 0, then at most 64 hashes.');
  return { index: Number(index), proof: lines.map(hashOf), checkpoint: text.slice(end + 2), ...(extra && { extra }) };
};
