import type { SealingResolvers } from './../__generated__/types.ts';

export const Sealing: SealingResolvers = {};
