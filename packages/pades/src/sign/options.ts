import type { Signer } from '../cms/signer.ts';
import { SigningFailure } from '../refusal.ts';
import type { Timestamp, TimestampAuthority } from '../tsp/authority.ts';
import type { Appearance } from './appearance.ts';

/** What a certification signature permits afterwards: 1 nothing, 2 filling in and signing, 3 annotating too. */
export type DocMdpPermission = 1 | 2 | 3;

/** A text field (/FT /Tx, one widget, empty) that gets its value in the revision of the signature. */
export interface FieldFill {
  /** Fully qualified. */
  readonly fieldName: string;
  readonly value: string;
  /** What the field shows; without one the appearance it has stays. */
  readonly appearance?: Appearance;
}

export interface SignPdfOptions {
  readonly signer: Signer;
  /** The claimed time of signing, written to /M in UTC, to the second. */
  readonly signedAt: Date;
  /**
   * The signature field, fully qualified. An empty one of that name is filled in; if there is none, a new invisible
   * field is made. By default a new one: the first free of `Signature1`, `Signature2`, …
   */
  readonly fieldName?: string;
  readonly reason?: string;
  /** Who signs, as shown by viewers; the certificate's subject is what counts. */
  readonly name?: string;
  readonly location?: string;
  readonly contactInfo?: string;
  /** Makes this the certification signature (DocMDP); it must be the first signature of the document. */
  readonly certify?: DocMdpPermission;
  /** What the signature field shows; it must be one of the document, with an area. */
  readonly appearance?: Appearance;
  /** Text fields that are filled in with this signature. */
  readonly fill?: readonly FieldFill[];
  /** Time-stamps the signature, which makes level B-T; without it the level is B-B. */
  readonly timestamp?: TimestampAuthority;
  /** Room for the first token of that authority, in bytes; later ones are known from it. Default 8192. */
  readonly timestampRoom?: number;
}

/** One signature as bytes to append. */
export interface SignedUpdate {
  /** To be appended to the PDF that was given; together they are the signed file. */
  readonly bytes: Buffer;
  readonly timestamp: Timestamp | null;
  /** DER. */
  readonly signerCertificate: Uint8Array;
  /** The field that holds the signature. */
  readonly fieldName: string;
}

/** Bounds /Reason, /Name, /Location and /ContactInfo: they are for a line in a viewer's panel. */
const TEXT_CHARACTERS_MAX = 1000;
const FIELD_VALUE_CHARACTERS_MAX = 100_000;
const TIMESTAMP_ROOM_MAX = 256 * 1024;

/** @throws {SigningFailure} `INVALID_OPTION`, naming the option. */
export function assertOptions(options: SignPdfOptions): void {
  const year = options.signedAt.getUTCFullYear();
  if (!(year >= 1950 && year <= 9999)) throw invalid('signedAt must be a date between the years 1950 and 9999');
  for (const key of ['reason', 'name', 'location', 'contactInfo'] as const) {
    if ((options[key]?.length ?? 0) > TEXT_CHARACTERS_MAX) throw invalid(`${key} must not be longer than ${TEXT_CHARACTERS_MAX} characters`);
  }
  if (options.certify !== undefined && ![1, 2, 3].includes(options.certify)) throw invalid('certify must be 1, 2 or 3');
  if (options.fieldName !== undefined && !/^.{1,1000}$/s.test(options.fieldName)) throw invalid('fieldName must have 1 to 1000 characters');
  for (const { fieldName, value } of options.fill ?? []) {
    if (value.length > FIELD_VALUE_CHARACTERS_MAX) throw invalid(`the value of the field "${fieldName}" is too long`);
  }
  const room = options.timestampRoom;
  if (room !== undefined && !(Number.isInteger(room) && room > 0 && room <= TIMESTAMP_ROOM_MAX)) {
    throw invalid(`timestampRoom must be a number of bytes up to ${TIMESTAMP_ROOM_MAX}`);
  }
}

export function invalid(what: string): SigningFailure {
  return new SigningFailure('INVALID_OPTION', `The option is invalid: ${what}.`);
}
