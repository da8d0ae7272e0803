/**
 * Why a PDF is not taken. `INTERRUPTED` says nothing about the document: try again.
 * `NO_SUCH_PAGE` only answers a request for one page.
 */
export const REFUSALS = {
  EMPTY: 'The file is empty. Upload it again; if it stays empty, export it anew from the program that made it.',
  NOT_A_PDF: 'The file is not a PDF. Export or print it as PDF, then upload that.',
  TOO_LARGE: 'The file is too large. Reduce its images or split it, then upload it again.',
  TOO_MANY_PAGES: 'The document has too many pages. Split it into several documents.',
  ENCRYPTED: 'The restrictions of the document do not allow it to be filled in. Give the password that lifts them, or ask its author for an unprotected copy.',
  PASSWORD_REQUIRED: 'The document opens with a password only. Give the password, or upload a copy without one.',
  PASSWORD_WRONG: 'The password does not open the document. Give the right one.',
  XFA: 'The document is an XFA form, which most programs cannot show. Print it to a new PDF, then upload that.',
  BROKEN: 'The document is damaged and cannot be signed safely. Export it anew from the program that made it, or print it to a new PDF.',
  AMBIGUOUS: 'The document does not show the same in every program, so nobody could say what was signed. Print it to a new PDF, then upload that.',
  CERTIFIED_NO_CHANGES: 'The author certified the document and allows no change to it, not even further signatures. Ask for a copy that may be signed.',
  SIGNATURE_UNREADABLE: 'The document carries a signature, but the file is damaged or protected. It cannot be mended without breaking that signature. Ask for the signed file as it was made.',
  SIGNATURE_UNLISTED: 'The document holds a signature that its form does not list, which honest programs do not make. Print it to a new PDF, then upload that.',
  TOO_COMPLEX: 'The document takes too much time or memory to show. Print it to a new PDF, or export it with simpler graphics.',
  NO_SUCH_PAGE: 'The document has no page of that number.',
  INTERRUPTED: 'The document could not be looked at just now. Try again.',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly ok: false;
  readonly refusal: RefusalCode;
  /** What is the matter and what to do, for the person who uploaded the file. */
  readonly message: string;
  /** What exactly was found, for the log. May quote the document. */
  readonly detail?: string;
}

export const refuse = (refusal: RefusalCode, detail?: string): Refusal => ({
  ok: false,
  refusal,
  message: REFUSALS[refusal],
  ...(detail && { detail: detail.slice(0, 500) }),
});

/** A refusal on its way up to whoever answers. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;

  constructor(code: RefusalCode, detail?: string) {
    super(detail ?? code);
    this.refusal = refuse(code, detail);
  }
}
