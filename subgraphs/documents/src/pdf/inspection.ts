import { z } from 'zod';
import { suggestedFieldModel, type SuggestedField } from '../domain/suggested-field.ts';
import { REFUSALS, type Refusal } from './refusal.ts';

/** One page as a reader shows it: cropped and turned. */
export interface InspectedPage {
  /** From 1. */
  readonly number: number;
  /** In points (1/72 inch), after CropBox, Rotate and UserUnit (ISO 32000-2, 7.7.3.3). */
  readonly width: number;
  readonly height: number;
  /** Clockwise degrees the page is turned by; `width` and `height` already say so. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** In reading order as far as the file tells it; may be cut off. */
  readonly text: string;
}

/** What a document that can be shown, and later sealed, holds. */
export interface Inspection {
  readonly ok: true;
  readonly pageCount: number;
  readonly pages: readonly InspectedPage[];
  /** Whether text was cut off at the limits. */
  readonly textTruncated: boolean;
  readonly title: string | null;
  readonly producer: string | null;
  readonly hasAcroForm: boolean;
  /** Whether somebody has signed it already. Rewriting the file would break that signature. */
  readonly hasSignatures: boolean;
  readonly hasAttachments: boolean;
  readonly hasJavaScript: boolean;
  /** Whether it has layers that a reader may show or hide. */
  readonly hasOptionalContent: boolean;
}

/** What is taken out of an upload before anybody signs it. */
export const REMOVAL_KINDS = [
  'JAVASCRIPT', 'AUTOMATIC_ACTION', 'ACTION', 'MULTIMEDIA', 'HIDDEN_CONTENT', 'PORTFOLIO', 'USAGE_RIGHTS', 'BROKEN_REFERENCE', 'PROTECTION',
] as const;
export type RemovalKind = (typeof REMOVAL_KINDS)[number];

export interface Removal {
  readonly kind: RemovalKind;
  readonly count: number;
}

export type { SuggestedField };

/** What became of an upload: the file that is signed, and what is known of both. */
export interface Preparation {
  readonly ok: true;
  /** Whether the prepared file is another one than the upload. */
  readonly rewritten: boolean;
  readonly original: Inspection;
  readonly prepared: Inspection;
  readonly removed: readonly Removal[];
  readonly fields: readonly SuggestedField[];
  /** Of a file that is signed already, where others may still sign. */
  readonly emptySignatureFields: readonly string[];
}

/** One page as an image. */
export interface Thumbnail {
  readonly ok: true;
  readonly png: Uint8Array;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

type TextLimits = { readonly maxPages: number; readonly maxTextPerPage: number; readonly maxText: number };

/** What the child is asked to do. The document itself comes on its standard input, and what it makes of it goes to its standard output. */
export type Job =
  | ({ readonly kind: 'prepare'; readonly password?: string } & TextLimits)
  | ({ readonly kind: 'inspect' } & TextLimits)
  | { readonly kind: 'thumbnail'; readonly page: number; readonly maxWidth: number; readonly maxPixels: number };

const size = z.number().positive();
const pixels = z.number().int().positive();

const refusal: z.ZodType<Refusal> = z.object({
  ok: z.literal(false),
  refusal: z.enum(Object.keys(REFUSALS) as (keyof typeof REFUSALS)[]),
  message: z.string(),
  detail: z.string().exactOptional(),
});

const inspection = z.object({
  ok: z.literal(true),
  pageCount: z.number().int().positive(),
  pages: z.array(z.object({
    number: z.number().int().positive(),
    width: size,
    height: size,
    rotation: z.literal([0, 90, 180, 270]),
    text: z.string(),
  })),
  textTruncated: z.boolean(),
  title: z.string().nullable(),
  producer: z.string().nullable(),
  hasAcroForm: z.boolean(),
  hasSignatures: z.boolean(),
  hasAttachments: z.boolean(),
  hasJavaScript: z.boolean(),
  hasOptionalContent: z.boolean(),
});

/** The child has read a stranger's file: its answers are checked like a stranger's. */
export const inspectionAnswer: z.ZodType<Inspection | Refusal> = z.union([refusal, inspection]);

export const preparationAnswer: z.ZodType<Preparation | Refusal> = z.union([
  refusal,
  z.object({
    ok: z.literal(true),
    rewritten: z.boolean(),
    original: inspection,
    prepared: inspection,
    removed: z.array(z.object({ kind: z.enum(REMOVAL_KINDS), count: z.number().int().positive() })),
    fields: z.array(suggestedFieldModel),
    emptySignatureFields: z.array(z.string()),
  }),
]);

export const thumbnailAnswer: z.ZodType<Thumbnail | Refusal> = z.union([
  refusal,
  z.object({
    ok: z.literal(true),
    png: z.base64().transform((text): Uint8Array => Buffer.from(text, 'base64')),
    width: pixels,
    height: pixels,
  }),
]);
