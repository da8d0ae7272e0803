import type { VerifiedChangeResolvers } from './../__generated__/types.ts';

export const VerifiedChange: VerifiedChangeResolvers = {};
