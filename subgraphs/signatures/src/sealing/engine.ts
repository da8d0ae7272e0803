import type { FieldKind, SignatureLevel } from '../__generated__/prisma/enums.ts';
import type { Value } from '../domain/field-values.ts';

/** A place that one signer fills in: fractions of the page as shown, origin top left. */
export interface Place {
  /** Name of its form field in the PDF. */
  readonly fieldName: string;
  readonly kind: FieldKind;
  /** From 1. */
  readonly page: number;
  readonly rectangle: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Somebody who is asked to sign, and what is laid out for them. */
export interface PlannedSigner {
  readonly name: string;
  readonly email: string;
  readonly routingOrder: number;
  /** Where their signature goes. */
  readonly signature: Place;
  /** What else they fill in; from their signature on, nobody changes it. */
  readonly values: readonly Place[];
  /** Name of the form field of their entry in the completion certificate. */
  readonly certificateField: string;
}

/** What is laid out before anybody signs. */
export interface DocumentPlan {
  readonly envelopeId: string;
  readonly title: string;
  readonly documentSha256: string;
  readonly originalSha256: string;
  readonly sender: { readonly name: string; readonly email: string } | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly signers: readonly PlannedSigner[];
}

/** Width and height in points. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
/** Sizes of the fields that show, by name. */
export type FieldSizes = Readonly<Record<string, Size>>;

/** What is known of the act of a signer, beside what they filled in. */
export interface Evidence {
  readonly identification: string | null;
  readonly sentAt: Date | null;
  readonly openedAt: Date | null;
  readonly consentedAt: Date | null;
  readonly consentTextSha256: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** What somebody filled in. */
export interface FilledValue {
  readonly fieldName: string;
  readonly kind: FieldKind;
  readonly value: Value;
}

/** One signer's act, to be appended as one revision. */
export interface SignerAct {
  readonly envelopeId: string;
  readonly name: string;
  readonly email: string;
  readonly signedAt: Date;
  /** What they signed with: typed or drawn. */
  readonly mark: Value | null;
  /** The empty signature field that is filled; null makes a new invisible one of the name below. */
  readonly emptyField: string | null;
  readonly newField: string;
  /** Empty in a document that was signed before: it takes nothing but signatures. */
  readonly values: readonly FilledValue[];
  /** Name of the form field of their entry in the completion certificate; null without one. */
  readonly certificateField: string | null;
  readonly evidence: Evidence;
  /** As they were laid out; empty in a document that was signed before. */
  readonly sizes: FieldSizes;
}

/** A PDF with one revision more, and what that revision proves. */
export interface Revision {
  readonly pdf: Uint8Array;
  readonly level: SignatureLevel | null;
  readonly timestamp: { readonly authority: string; readonly at: Date } | null;
  readonly certificate: { readonly der: Uint8Array; readonly serialNumber: string; readonly subject: string } | null;
}

/** When a step is made, and how well its signature must be proven. */
export interface Terms {
  readonly level: SignatureLevel;
  readonly now: Date;
}

/**
 * Makes a sealed PDF revision by revision. Steps keep no state: each can be done again from the same PDF. All but
 * `layOut` append: what they give begins with exactly the bytes that came in. A level that cannot be reached is a
 * failure, never a lower one.
 */
export interface SealingEngine {
  /** Proves that keys, certificates and authorities work for a level, and will until then. @throws SealingFailure */
  check(need: { readonly level: SignatureLevel; readonly until: Date }): Promise<void>;
  /** The characters of a text that could not be drawn, each once; asked when the text is typed, never as late as sealing. */
  refusedText(text: string): readonly string[];
  /** Why a drawing could not be drawn; null when it can. */
  refusedDrawing(png: Uint8Array): Promise<string | null>;
  /** Whether a PDF that was signed before takes one signature after the other, into these of its fields or (null) a new one. @throws SealingFailure */
  assertAppendable(pdf: Uint8Array, fields: readonly (string | null)[]): Promise<void>;
  /** Lays out the completion certificate and every empty field. @throws SealingFailure */
  layOut(pdf: Uint8Array, plan: DocumentPlan): Promise<{ readonly pdf: Uint8Array; readonly sizes: FieldSizes }>;
  /** Certifies the layout with the platform's seal; only what was laid out may be filled in after it. @throws SealingFailure */
  seal(pdf: Uint8Array, envelopeId: string, terms: Terms): Promise<Revision>;
  /** Appends what one signer filled in, signed with a certificate issued to them for this act. @throws SealingFailure */
  sign(pdf: Uint8Array, act: SignerAct, terms: Terms): Promise<Revision>;
  /** Appends certificates and what says that none was revoked (DSS). @throws SealingFailure */
  extend(pdf: Uint8Array, terms: Terms): Promise<Revision>;
  /** Appends a timestamp over all of it (DocTimeStamp). @throws SealingFailure */
  archive(pdf: Uint8Array, terms: Terms): Promise<Revision>;
}

/** What kind of thing is missing: also said to whoever sends. */
export type SealingObstacle = 'KEYS_UNUSABLE' | 'CERTIFICATE_EXPIRES' | 'TIMESTAMP_UNAVAILABLE' | 'REVOCATION_UNAVAILABLE' | 'DOCUMENT_UNUSABLE';

/** Why a step cannot be made now, in a sentence that may be shown. */
export class SealingFailure extends Error {
  override readonly name = 'SealingFailure';
  readonly obstacle: SealingObstacle;
  constructor(obstacle: SealingObstacle, message: string, options?: ErrorOptions) {
    super(message, options);
    this.obstacle = obstacle;
  }
}
