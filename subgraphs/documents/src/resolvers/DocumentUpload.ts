import type { DocumentUploadResolvers } from './../__generated__/types.ts';

export const DocumentUpload: DocumentUploadResolvers = {};
