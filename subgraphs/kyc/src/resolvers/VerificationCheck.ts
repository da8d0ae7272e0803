import type { VerificationCheckResolvers } from './../__generated__/types.ts';

export const VerificationCheck: VerificationCheckResolvers = {};
