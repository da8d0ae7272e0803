import { sign, verify, type KeyObject } from 'node:crypto';
import { base64, fromBase64, sameBytes } from '../bytes.ts';
import { TransparencyRefusal } from '../refusal.ts';
import { isKeyName, KEY_ID_BYTES, noteKey, publicKeyOf, rawPublicKey, type NoteKey } from './key.ts';

/** Characters of a note at most, signatures included; a checkpoint has some 200. */
export const MAX_NOTE = 64 * 1024;
/** Signature lines of a note at most: room for witnesses. */
const MAX_SIGNATURES = 64;

/** A line under a note. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** A note taken apart; nothing of it was verified. */
export interface SignedNote {
  /** What was signed, its last newline included. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const malformed = (what: string): TransparencyRefusal => new TransparencyRefusal('MALFORMED_NOTE', what);

const assertText = (text: string): void => {
  if (!text.endsWith('\n')) throw malformed('The text of a note ends with a newline.');
  if (!text.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(text)) throw malformed('A note is UTF-8 and holds no control characters but newlines.');
};

/** A note, signed: C2SP signed-note, Ed25519. */
export const signNote = (text: string, name: string, privateKey: KeyObject): string => {
  assertText(text);
  const { id } = noteKey(name, rawPublicKey(privateKey));
  const signature = sign(null, Buffer.from(text, 'utf8'), privateKey);
  return `${text}\n— ${name} ${base64(Buffer.concat([id, signature]))}\n`;
};

const signatureOf = (line: string): NoteSignature => {
  const [, name, encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (!name || !isKeyName(name) || !bytes || bytes.length <= KEY_ID_BYTES) throw malformed('A signature line of a note is written: — name base64.');
  return { name, keyId: bytes.subarray(0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) };
};

/** Takes a note apart. @throws TransparencyRefusal MALFORMED_NOTE. */
export const parseNote = (note: string): SignedNote => {
  if (note.length > MAX_NOTE) throw malformed(`A note has at most ${MAX_NOTE} characters.`);
  assertText(note);
  const end = note.lastIndexOf('\n\n');
  if (end <= 0) throw malformed('A note has a text, an empty line, and signatures.');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw malformed(`A note has at most ${MAX_SIGNATURES} signatures.`);
  return { text: note.slice(0, end + 1), signatures: lines.map(signatureOf) };
};

/** What verifying a note gave. */
export type NoteVerdict =
  | { readonly outcome: 'SIGNED'; readonly key: NoteKey }
  /** A key that is known stands under it with a signature that is not its own. */
  | { readonly outcome: 'FORGED'; readonly key: NoteKey }
  /** No key that is known stands under it. */
  | { readonly outcome: 'UNKNOWN_KEY' };

/** Verifies a note with the keys that one knows. Lines of other keys are passed over; one wrong line of a known key is enough to refuse. */
export const verifyNote = ({ text, signatures }: SignedNote, keys: readonly NoteKey[]): NoteVerdict => {
  const bytes = Buffer.from(text, 'utf8');
  let signedBy: NoteKey | undefined;
  for (const { name, keyId, signature } of signatures) {
    const key = keys.find((known) => known.name === name && sameBytes(known.id, keyId));
    if (!key) continue;
    if (!verify(null, bytes, publicKeyOf(key), signature)) return { outcome: 'FORGED', key };
    signedBy ??= key;
  }
  return signedBy ? { outcome: 'SIGNED', key: signedBy } : { outcome: 'UNKNOWN_KEY' };
};
