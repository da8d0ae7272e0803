import type { Finding } from '../finding.ts';

/** PAdES baseline levels (ETSI EN 319 142-1): signed; time proven; checkable without asking anyone; and for long. */
export type Level = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA';

/** What is true of a document and its signatures. */
export interface Verification {
  /** VALID: every signature is intact, trusted, not revoked, and nothing was changed since that may not be. */
  readonly verdict: 'VALID' | 'INVALID' | 'UNSIGNED';
  /** The lowest level that any signer's signature reaches; null when one reaches none. */
  readonly level: Level | null;
  /** In the order in which they were appended, document time stamps included. */
  readonly signatures: readonly SignatureReport[];
  /** About the document as a whole. */
  readonly findings: readonly Finding[];
  readonly revisions: number;
}

export type SignatureKind = 'CERTIFICATION' | 'APPROVAL' | 'DOC_TIMESTAMP';

export interface SignerIdentity {
  readonly commonName: string | null;
  readonly organization: string | null;
  readonly email: string | null;
  /** Of the certificate, in hexadecimal. */
  readonly serialNumber: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Of the certificate (DER), in hexadecimal. */
  readonly sha256: string;
}

export interface SignatureReport {
  readonly kind: SignatureKind;
  readonly fieldName: string;
  /** From the certificate; null when the signature cannot be attributed to one. */
  readonly signer: SignerIdentity | null;
  /** What the signer says. */
  readonly claimedAt: Date | null;
  /** The time stamp over the signature itself; of a document time stamp, that one. */
  readonly timestamp: { readonly genTime: Date; readonly authority: string; readonly trusted: boolean } | null;
  /** The earliest moment at which a trusted time stamp saw the signature. */
  readonly provenAt: Date | null;
  readonly reason: string | null;
  readonly location: string | null;
  readonly algorithm: string;
  /** null: not a PAdES baseline signature, or a document time stamp. It is checked all the same. */
  readonly level: Level | null;
  /** The covered bytes are those that were signed. */
  readonly intact: boolean;
  /** The certificate led to a trusted root at the proven time, else at the time of checking. */
  readonly trusted: boolean;
  readonly revocation: 'GOOD' | 'REVOKED' | 'UNKNOWN';
  readonly coversWholeFile: boolean;
  readonly changesSince: readonly Change[];
  readonly findings: readonly Finding[];
}

/** A difference between what was signed and what the file shows now. */
export interface Change {
  readonly kind: ChangeKind;
  readonly permitted: boolean;
  /** Number of the object; null when the change is not in one. */
  readonly object: number | null;
  readonly description: string;
}

export type ChangeKind =
  /** Signing on, filling in, and evidence for later. */
  | 'SIGNATURE_ADDED'
  | 'EMPTY_SIGNATURE_FIELD_ADDED'
  | 'TIMESTAMP_ADDED'
  | 'EVIDENCE_ADDED'
  | 'FIELD_FILLED'
  | 'EXTENSIONS_CHANGED'
  | 'DOCUMENT_INFO_UPDATED'
  /** Never permitted. */
  | 'ROOT_CHANGED'
  | 'REVISION_HIDDEN'
  | 'BYTES_OUTSIDE_REVISIONS'
  | 'CATALOG_CHANGED'
  | 'FORM_CHANGED'
  | 'FIELD_ADDED'
  | 'FIELD_REMOVED'
  | 'FIELD_CHANGED'
  | 'VISIBLE_SIGNATURE_FIELD_ADDED'
  | 'SIGNATURE_REPLACED'
  | 'PAGE_CONTENT_CHANGED'
  | 'PAGE_CHANGED'
  | 'PAGE_TREE_CHANGED'
  | 'ANNOTATION_ADDED'
  | 'ANNOTATION_REMOVED'
  | 'ANNOTATION_CHANGED'
  | 'OBJECT_CHANGED'
  | 'OBJECT_REMOVED'
  | 'DANGLING_REFERENCE_DEFINED'
  | 'SIGNED_BYTES_REUSED'
  /** Permitted in themselves, but not by what an earlier signature allows. */
  | 'LOCKED_FIELD_CHANGED';
