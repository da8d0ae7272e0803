import type { KeyObject } from 'node:crypto';
import { base64, fromBase64, HASH_BYTES } from '../bytes.ts';
import { TransparencyRefusal } from '../refusal.ts';
import { parseNote, signNote, type SignedNote } from './signed-note.ts';

/** The state of a log: C2SP tlog-checkpoint. */
export interface Checkpoint {
  /** Which log. Also the name of the key that signs for it. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

const malformed = (what: string): TransparencyRefusal => new TransparencyRefusal('MALFORMED_NOTE', what);

/** The text of a checkpoint, to be signed. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string => {
  if (!origin || origin.includes('\n')) throw malformed('The origin of a checkpoint is one line.');
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== HASH_BYTES) throw malformed('A checkpoint has a size from 0 and a root of 32 bytes.');
  return `${origin}\n${size}\n${base64(root)}\n`;
};

/** A checkpoint as a signed note; the key signs under the name of the origin. */
export const signCheckpoint = (checkpoint: Checkpoint, privateKey: KeyObject): string => signNote(formatCheckpoint(checkpoint), checkpoint.origin, privateKey);

/** Reads a checkpoint and its signatures; verifies nothing. @throws TransparencyRefusal MALFORMED_NOTE. */
export const parseCheckpoint = (note: string): { readonly checkpoint: Checkpoint; readonly note: SignedNote } => {
  const signed = parseNote(note);
  const [origin, size, root, ...extensions] = signed.text.slice(0, -1).split('\n');
  const bytes = root === undefined ? undefined : fromBase64(root);
  if (!origin || size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) throw malformed('A checkpoint begins with its origin, then its size in decimal digits.');
  if (bytes?.length !== HASH_BYTES) throw malformed('The third line of a checkpoint is its root: 32 bytes in base64.');
  if (extensions.includes('')) throw malformed('A checkpoint has no empty lines.');
  return { checkpoint: { origin, size: Number(size), root: bytes }, note: signed };
};
