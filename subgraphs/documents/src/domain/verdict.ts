import type { DocumentRefusalCode } from '../__generated__/prisma/enums.ts';
import type { Refusal } from '../pdf/index.ts';
import { REFUSALS } from '../pdf/refusal.ts';

/** Failed attempts after which it is the document that fails. The queue itself tries longer, for attempts that died with their process. */
export const INSPECTION_ATTEMPTS = 5;

/** What is to become of a document after a look at its file. */
export type Verdict =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly code: DocumentRefusalCode; readonly message: string }
  | { readonly kind: 'again' };

const UNREADABLE = 'The stored file can no longer be read. Upload the document again.';

const refused = (code: DocumentRefusalCode, message: string): Verdict => ({ kind: 'refused', code, message });

/** Judges the result of a preparation; `attempt` counts from 1. */
export const verdictOf = (seen: { readonly ok: true } | Refusal, attempt: number): Verdict => {
  if (seen.ok) return { kind: 'ready' };
  // Neither says anything about the document, until it happens again and again.
  if (seen.refusal === 'INTERRUPTED' || seen.refusal === 'NO_SUCH_PAGE') return attempt < INSPECTION_ATTEMPTS ? { kind: 'again' } : refused('TOO_COMPLEX', REFUSALS.TOO_COMPLEX);
  return refused(seen.refusal, seen.message);
};

/** Refusals that a password may lift. */
export const LOCKED: readonly DocumentRefusalCode[] = ['PASSWORD_REQUIRED', 'PASSWORD_WRONG', 'ENCRYPTED'];

/** Judges a file that is not there or is damaged. Somebody may yet restore it, so it is looked for more than once. */
export const verdictOnLostFile = (attempt: number): Verdict => (attempt < INSPECTION_ATTEMPTS ? { kind: 'again' } : refused('UNREADABLE', UNREADABLE));
