import type { VerifiedTimestampResolvers } from './../__generated__/types.ts';

export const VerifiedTimestamp: VerifiedTimestampResolvers = {};
