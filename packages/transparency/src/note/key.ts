import { createPublicKey, type KeyObject } from 'node:crypto';
import { base64, fromBase64, HASH_BYTES, sameBytes, sha256 } from '../bytes.ts';
import { TransparencyRefusal } from '../refusal.ts';

/** The type of a C2SP note key: Ed25519. */
const ED25519 = Uint8Array.of(0x01);
/** How an Ed25519 key of 32 bytes begins as SubjectPublicKeyInfo (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
export const KEY_ID_BYTES = 4;

/** A key that verifies notes. */
export interface NoteKey {
  readonly name: string;
  /** First four bytes of a hash over name and key: tells keys apart, proves nothing. */
  readonly id: Uint8Array;
  /** The Ed25519 public key, 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
}

const malformed = (what: string): TransparencyRefusal => new TransparencyRefusal('MALFORMED_NOTE', what);

/** Whether C2SP allows it as the name of a key: not empty, no spaces of any kind, no plus, nothing that controls. */
export const isKeyName = (name: string): boolean => name.length <= 255 && /^[^\s+\p{Cc}]+$/u.test(name) && name.isWellFormed();

export const keyIdOf = (name: string, publicKey: Uint8Array): Uint8Array => sha256(Buffer.from(`${name}\n`, 'utf8'), ED25519, publicKey).subarray(0, KEY_ID_BYTES);

/** A public key under a name. */
export const noteKey = (name: string, publicKey: Uint8Array): NoteKey => {
  if (!isKeyName(name)) throw malformed(`${JSON.stringify(name)} cannot be the name of a key: it must have neither spaces nor plus signs.`);
  if (publicKey.length !== HASH_BYTES) throw malformed(`An Ed25519 public key has ${HASH_BYTES} bytes, this one has ${publicKey.length}.`);
  return { name, id: keyIdOf(name, publicKey), publicKey };
};

/** The 32 bytes of an Ed25519 key, private or public. */
export const rawPublicKey = (key: KeyObject): Buffer => {
  if (key.asymmetricKeyType !== 'ed25519') throw malformed(`Notes are signed with Ed25519, not with ${key.asymmetricKeyType ?? key.type}.`);
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return spki.subarray(SPKI_PREFIX.length);
};

/** The key as node:crypto takes it. */
export const publicKeyOf = ({ publicKey }: NoteKey): KeyObject => createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), type: 'spki', format: 'der' });

/** A key as one line of text, `name+id+key`: what a verifier is given. */
export const formatVerifierKey = ({ name, id, publicKey }: NoteKey): string => `${name}+${Buffer.from(id).toString('hex')}+${base64(Buffer.concat([ED25519, publicKey]))}`;

/** @throws TransparencyRefusal MALFORMED_NOTE when it is no `name+id+key` of an Ed25519 key, or its id is another key's. */
export const parseVerifierKey = (text: string): NoteKey => {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})$/.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (!name || !id || bytes?.length !== 1 + HASH_BYTES || bytes[0] !== ED25519[0]) throw malformed('A verifier key is written name+id+key, with an Ed25519 key in base64.');
  const key = noteKey(name, bytes.subarray(1));
  if (!sameBytes(key.id, Buffer.from(id, 'hex'))) throw malformed(`The id in the verifier key of ${name} is not that of its key.`);
  return key;
};
