export { inspectPdf } from './inspect-pdf.ts';
export { MAX_GROWTH, preparePdf, type PreparationOptions } from './prepare-pdf.ts';
export { renderThumbnail, type ThumbnailOptions } from './render-thumbnail.ts';
export { INSPECTION_LIMITS, MAX_PIXELS, RENDERING_LIMITS, type InspectionLimits, type SandboxLimits } from './limits.ts';
export type { InspectedPage, Inspection, Preparation, Removal, RemovalKind, SuggestedField, Thumbnail } from './inspection.ts';
export type { Refusal, RefusalCode } from './refusal.ts';
