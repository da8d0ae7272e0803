import type { DocumentResolvers } from './../__generated__/types.ts';

export const Document: DocumentResolvers = {};
