/**
 * Why a PDF is not taken. `INTERRUPTED` says nothing about the document: try again.
 * `NO_SUCH_PAGE` only answers a request for one page.
 */
export const REFUSALS = {
  EMPTY: 'The file is empty. Upload it again; if it stays empty, export it anew from the program that made it.',
  NOT_A_PDF: 'The file is not a PDF. Export or print it as PDF, then upload that.',
  TOO_LARGE: 'The file is too large. Reduce its images or split it, then upload it again.',
  TOO_MANY_PAGES: 'The document has too many pages. Split it into several documents.',
  ENCRYPTED: 'The document is protected by a password or by restrictions. Remove the protection, or print it to a new PDF, then upload that.',
  XFA: 'The document is an XFA form, which most programs cannot show. Print it to a new PDF, then upload that.',
  BROKEN: 'The document is damaged and cannot be signed safely. Export it anew from the program that made it, or print it to a new PDF.',
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
