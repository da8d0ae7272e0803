import { Fields, TAG, oidOf } from '../der/fields.ts';
import { DerError, childrenOf, readDer, type DerElement } from '../der/read.ts';

/** The parts of a distinguished name that say who somebody is. */
export interface NameParts {
  readonly commonName: string | null;
  readonly organization: string | null;
  readonly serialNumber: string | null;
  readonly email: string | null;
}

const COMMON_NAME = '2.5.4.3';
const SERIAL_NUMBER = '2.5.4.5';
const ORGANIZATION = '2.5.4.10';
const EMAIL = '1.2.840.113549.1.9.1';

/** Reads an X.501 Name; of an attribute that occurs twice the last, which is the most specific, counts. */
export function namePartsOf(name: Buffer): NameParts {
  const found = orNothing(new Map<string, string>(), () => attributesOf(name));
  const part = (oid: string): string | null => found.get(oid) ?? null;
  return { commonName: part(COMMON_NAME), organization: part(ORGANIZATION), serialNumber: part(SERIAL_NUMBER), email: part(EMAIL) };
}

function attributesOf(name: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (const set of childrenOf(readDer(name))) {
    for (const pair of childrenOf(set)) {
      const fields = Fields.of(pair);
      found.set(oidOf(fields.any()), textOfDirectoryString(fields.any()));
    }
  }
  return found;
}

/** Names are shown, and nothing rests on them: one that cannot be read is none. */
function orNothing<T>(nothing: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError) return nothing;
    throw error;
  }
}

/** One line for people: the common name, else the organization. */
export function displayName(name: Buffer): string {
  const { commonName, organization, email } = namePartsOf(name);
  return commonName ?? organization ?? email ?? '(no name)';
}

/** The first rfc822Name of a subjectAltName. */
export function emailOf(subjectAltName: Buffer | undefined): string | null {
  if (!subjectAltName) return null;
  const names = orNothing([], () => childrenOf(readDer(subjectAltName)));
  return names.find(({ tag }) => tag === 0x81)?.content.toString('latin1') ?? null;
}

function textOfDirectoryString({ tag, content }: DerElement): string {
  if (tag === TAG.sequence || tag === TAG.set) return '';
  // BMPString and UniversalString are UTF-16 and UTF-32, big endian.
  if (tag === 0x1e) return Buffer.from(content.subarray(0, content.length & ~1)).swap16().toString('utf16le');
  if (tag === 0x1c) return Array.from({ length: content.length >> 2 }, (_, i) => codePoint(content.readUInt32BE(4 * i))).join('');
  return content.toString(tag === 0x14 ? 'latin1' : 'utf8');
}

function codePoint(value: number): string {
  return value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd';
}
