import type { RemovalKind } from '../pdf/index.ts';

/** What was taken out of an upload and what follows, for the person who uploaded it. */
export const REMOVALS: Readonly<Record<RemovalKind, string>> = {
  JAVASCRIPT: 'Scripts were taken out. What they worked out or checked, the document no longer does.',
  AUTOMATIC_ACTION: 'What happened by itself, when the document was opened or a field was left, was taken out.',
  ACTION: 'Links and buttons that started programs, sent data, opened other files or changed what is shown no longer do anything.',
  MULTIMEDIA: 'Sound, film and models were taken out. Their still pictures stay.',
  HIDDEN_CONTENT: 'Content that only some programs or only a printer would show was taken out.',
  PORTFOLIO: 'Readers now show the document itself, not a list of the files attached to it. The files stay attached.',
  USAGE_RIGHTS: 'Rights that the document gave to some programs were taken out, as they end when a file is changed.',
  BROKEN_REFERENCE: 'References to parts that the file does not have were taken out, so that nobody can add such parts after the signing.',
  PROTECTION: 'The protection by a password or by restrictions was taken off, so that the document can be signed and checked.',
};
