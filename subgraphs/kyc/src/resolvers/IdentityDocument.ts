import type { IdentityDocumentResolvers } from './../__generated__/types.ts';

export const IdentityDocument: IdentityDocumentResolvers = {};
