import type { FieldKind } from '../__generated__/prisma/enums.ts';
import type { Value } from '../domain/field-values.ts';

/** What was filled in, and where it is drawn: fractions of the page as shown, origin top left. */
export interface PlacedValue {
  readonly kind: FieldKind;
  /** From 1. */
  readonly page: number;
  readonly rectangle: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly value: Value;
}

/** What the seal says of the envelope. */
export interface SealFacts {
  readonly envelopeId: string;
  /** The claimed time of sealing. */
  readonly now: Date;
}

/** Makes a sealed PDF out of a PDF and what was filled in. Steps keep no state: any of them can be done again. */
export interface SealingEngine {
  /** Proves that there are keys and certificates and that they sign. @throws SealingFailure */
  check(): Promise<void>;
  /** The characters of a text that could not be drawn, each once; asked when the text is typed, never as late as sealing. */
  refusedText(text: string): readonly string[];
  /** Why a drawing could not be drawn; null when it can. */
  refusedDrawing(png: Uint8Array): Promise<string | null>;
  /** Draws values into an unsigned PDF. @throws SealingFailure */
  stamp(pdf: Uint8Array, values: readonly PlacedValue[]): Promise<Uint8Array>;
  /** Signs a PDF with the platform's seal. @throws SealingFailure */
  sign(pdf: Uint8Array, facts: SealFacts): Promise<Uint8Array>;
}

/** Why a sealed PDF cannot be made now, in a sentence that may be shown. */
export class SealingFailure extends Error {
  override readonly name = 'SealingFailure';
}
