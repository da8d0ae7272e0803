import type { DocumentVerificationResolvers } from './../__generated__/types.ts';

export const DocumentVerification: DocumentVerificationResolvers = {};
