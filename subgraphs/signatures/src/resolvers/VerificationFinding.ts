import type { VerificationFindingResolvers } from './../__generated__/types.ts';

export const VerificationFinding: VerificationFindingResolvers = {};
