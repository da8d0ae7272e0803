/**
 * The strict reader on its own, for whoever has to see a PDF exactly as signing and verifying will: it follows the
 * cross-reference, guesses nothing and repairs nothing.
 */
export { Budget, type BudgetLimits } from './pdf/budget.ts';
export { integerOf, name, nameOf, NULL, type PdfArray, type PdfDict, type PdfObject, type PdfReference, type PdfStream } from './pdf/objects.ts';
export { isRegular, isWhitespace } from './pdf/characters.ts';
export { ReaderCache } from './pdf/reader-cache.ts';
export { Revision } from './pdf/revision.ts';
export { serialise } from './pdf/serialise.ts';
export { bytesOf, textOf, textString } from './pdf/text-string.ts';
export { LIMITS } from './limits.ts';
export { PdfRefusal, type PdfRefusalCode } from './refusal.ts';
