import { z } from 'zod';
import type { IdentityDocumentType } from '../__generated__/prisma/client.ts';

/** A document with a machine readable zone, as it was given. */
export interface MrzDocument {
  readonly type: 'PASSPORT' | 'ID_CARD';
  readonly mrzLines: readonly string[];
}

/** The number of a document, as it was given. */
export interface NumberDocument {
  readonly type: 'NAMIBIAN_ID_NUMBER' | 'SOUTH_AFRICAN_ID_NUMBER';
  readonly number: string;
}

/** A document as it was given, in full. */
export type GivenDocument = MrzDocument | NumberDocument;

/** What may be shown of a document. */
export interface ShownDocument {
  readonly type: IdentityDocumentType;
  readonly maskedNumber: string;
  readonly issuingState: string | null;
  readonly expiresOn: Date | null;
}

const zones = {
  PASSPORT: { lines: 2, length: 44, first: /^P/, what: 'A passport has two lines of 44 characters, the first beginning with P.' },
  ID_CARD: { lines: 3, length: 30, first: /^[ACI]/, what: 'A card has three lines of 30 characters, the first beginning with A, C or I.' },
} as const;

const numbers = {
  NAMIBIAN_ID_NUMBER: { digits: 11, what: 'A Namibian number has 11 digits.' },
  SOUTH_AFRICAN_ID_NUMBER: { digits: 13, what: 'A South African number has 13 digits.' },
} as const;

const fieldsModel = z.object({ type: z.enum(['PASSPORT', 'ID_CARD', 'NAMIBIAN_ID_NUMBER', 'SOUTH_AFRICAN_ID_NUMBER']), mrzLines: z.array(z.string()).nullish(), number: z.string().nullish() });

const readZone = (type: keyof typeof zones, given: readonly string[] | null | undefined): readonly string[] | undefined => {
  const { lines, length, first } = zones[type];
  const read = (given ?? []).map((line) => line.replaceAll(/\s/g, '').toUpperCase());
  const fits = read.length === lines && read.every((line) => line.length === length && /^[A-Z0-9<]+$/.test(line)) && first.test(read[0]!);
  return fits ? read : undefined;
};

/** Reads a document: what has not even the form of one is refused, to be typed again. */
export const documentModel = fieldsModel.transform((given, ctx): GivenDocument => {
  const { type } = given;
  if (type === 'PASSPORT' || type === 'ID_CARD') {
    const mrzLines = readZone(type, given.mrzLines);
    if (mrzLines) return { type, mrzLines };
    ctx.addIssue({ code: 'custom', path: ['mrzLines'], message: zones[type].what });
    return z.NEVER;
  }
  const number = (given.number ?? '').replaceAll(/\s/g, '');
  if (/^\d+$/.test(number) && number.length === numbers[type].digits) return { type, number };
  ctx.addIssue({ code: 'custom', path: ['number'], message: numbers[type].what });
  return z.NEVER;
});

const SHOWN_CHARACTERS = 3;

/** A number with all but its last three characters hidden. */
export const masked = (number: string): string => '•'.repeat(Math.max(number.length - SHOWN_CHARACTERS, 0)) + number.slice(-SHOWN_CHARACTERS);
