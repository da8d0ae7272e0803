import type { Signer } from '../cms/signer.ts';
import { SigningFailure } from '../refusal.ts';

/** What a certification signature permits afterwards: 1 nothing, 2 filling in and signing, 3 annotating too. */
export type DocMdpPermission = 1 | 2 | 3;

export interface SignPdfOptions {
  readonly signer: Signer;
  /** The claimed time of signing, written to /M in UTC, to the second. */
  readonly signedAt: Date;
  readonly reason?: string;
  /** Who signs, as shown by viewers; the certificate's subject is what counts. */
  readonly name?: string;
  readonly location?: string;
  /** Makes this the certification signature (DocMDP); it must be the first signature of the document. */
  readonly certify?: DocMdpPermission;
  /** Name of the new signature field; by default the first free of `Signature1`, `Signature2`, … */
  readonly fieldName?: string;
}

/** Bounds /Reason, /Name and /Location: they are for a line in a viewer's panel. */
const TEXT_CHARACTERS_MAX = 1000;

/** @throws {SigningFailure} `INVALID_OPTION`, naming the option. */
export function assertOptions(options: SignPdfOptions): void {
  const year = options.signedAt.getUTCFullYear();
  if (!(year >= 1950 && year <= 9999)) throw invalid('signedAt must be a date between the years 1950 and 9999');
  for (const key of ['reason', 'name', 'location'] as const) {
    if ((options[key]?.length ?? 0) > TEXT_CHARACTERS_MAX) throw invalid(`${key} must not be longer than ${TEXT_CHARACTERS_MAX} characters`);
  }
  if (options.certify !== undefined && ![1, 2, 3].includes(options.certify)) throw invalid('certify must be 1, 2 or 3');
  // A period separates the parts of a qualified field name (ISO 32000-1, 12.7.3.2).
  if (options.fieldName !== undefined && !/^[^.]{1,100}$/.test(options.fieldName)) {
    throw invalid('fieldName must have 1 to 100 characters and no period');
  }
}

function invalid(what: string): SigningFailure {
  return new SigningFailure('INVALID_OPTION', `The option is invalid: ${what}.`);
}
