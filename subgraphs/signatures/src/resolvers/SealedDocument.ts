import type { SealedDocumentResolvers } from './../__generated__/types.ts';

export const SealedDocument: SealedDocumentResolvers = {};
