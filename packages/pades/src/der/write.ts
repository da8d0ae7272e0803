/** DER encodings (ITU-T X.690) of the few types that signatures, time stamps and revocation answers need. */

const TAG = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, oid: 0x06, enumerated: 0x0a,
  utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, set: 0x31,
} as const;

export function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  const element = Buffer.allocUnsafe(headerLength(length) + length);
  let at = writeHeader(element, tag, length);
  for (const part of parts) {
    element.set(part, at);
    at += part.length;
  }
  return element;
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(TAG.sequence, ...parts);
export const octetString = (bytes: Uint8Array): Buffer => tagged(TAG.octetString, bytes);
export const smallInteger = (value: number): Buffer => tagged(TAG.integer, Buffer.from([value]));
/** A non-negative INTEGER from its big-endian bytes: as short as DER wants it, and never read as negative. */
export function unsignedInteger(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const significant = start < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(start));
  return (significant[0] ?? 0) >= 0x80 ? tagged(TAG.integer, Buffer.from([0]), significant) : tagged(TAG.integer, significant);
}

export const booleanTrue = (): Buffer => tagged(TAG.boolean, Buffer.from([0xff]));
export const enumerated = (value: number): Buffer => tagged(TAG.enumerated, Buffer.from([value]));
/** A BIT STRING of whole octets. */
export const bitString = (bytes: Uint8Array): Buffer => tagged(TAG.bitString, Buffer.from([0]), bytes);
/** GeneralizedTime in UTC, to the second (RFC 5280, 4.1.2.5.2). */
export const generalizedTime = (date: Date): Buffer => tagged(TAG.generalizedTime, Buffer.from(`${date.toISOString().replace(/[-:T]|\..*/g, '')}Z`, 'latin1'));
/** The Time of certificates and revocation lists: two digits of the year until 2049 (RFC 5280, 4.1.2.5). */
export const x509Time = (date: Date): Buffer => (date.getUTCFullYear() < 2050 ? tagged(TAG.utcTime, generalizedTime(date).subarray(4)) : generalizedTime(date));
export const nullValue = (): Buffer => tagged(TAG.null);

/** `[n] IMPLICIT` or `[n] EXPLICIT` of something constructed. */
export const context = (number: number, ...parts: readonly Uint8Array[]): Buffer => tagged(0xa0 | number, ...parts);

/** The members of a SET OF in the order DER wants (X.690, 11.6). */
export const sorted = (parts: readonly Uint8Array[]): Uint8Array[] => [...parts].sort(Buffer.compare);

export const setOf = (...parts: readonly Uint8Array[]): Buffer => tagged(TAG.set, ...sorted(parts));

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(TAG.oid, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const digits = [arc & 0x7f];
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** Tag and length of an element. */
export function header(tag: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(headerLength(length));
  writeHeader(bytes, tag, length);
  return bytes;
}

function headerLength(length: number): number {
  let bytes = 2;
  if (length >= 0x80) for (let left = length; left > 0; left = Math.floor(left / 256)) bytes++;
  return bytes;
}

/** Writes tag and length at the start of `bytes`; gives where the content begins. */
function writeHeader(bytes: Buffer, tag: number, length: number): number {
  const end = headerLength(length);
  bytes[0] = tag;
  bytes[1] = end === 2 ? length : 0x80 | (end - 2);
  for (let left = length, at = end - 1; at > 1; at--, left = Math.floor(left / 256)) bytes[at] = left % 256;
  return end;
}
