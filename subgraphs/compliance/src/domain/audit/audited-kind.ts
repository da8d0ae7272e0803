import type { FieldRule } from './field-rule.ts';

/** What of a kind of fact is evidence. */
export interface AuditedKind extends FieldRule {
  /** The field with the id of the thing that it is about; the fact's subject when left out. */
  readonly thing?: string;
  /** Fields with the SHA-256 of a file, and what that file is. */
  readonly files?: Readonly<Record<string, FileRole>>;
  /** Whether the thing has come to its end. */
  readonly ends?: boolean;
  /** Whether people will want to see evidence at once: a checkpoint is then made without waiting for its hour. */
  readonly checkpoint?: boolean;
}

/** A file as it was uploaded, as it was offered for signing, and as it was sealed. */
export type FileRole = 'ORIGINAL' | 'PREPARED' | 'SEALED';
