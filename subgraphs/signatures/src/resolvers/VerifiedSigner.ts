import type { VerifiedSignerResolvers } from './../__generated__/types.ts';

export const VerifiedSigner: VerifiedSignerResolvers = {};
