export { stampPdf } from './stamp-pdf.ts';
export type { Mark, StampField, ViewerRectangle } from './fields.ts';
export { canShow, refusedCharacters } from './text.ts';
export { StampRefusal } from './refusal.ts';
export type { StampRefusalCode } from './refusal.ts';
