import type { VerifiedSignatureResolvers } from './../__generated__/types.ts';

export const VerifiedSignature: VerifiedSignatureResolvers = {};
