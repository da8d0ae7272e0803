import type { KeyTermResolvers } from './../__generated__/types.ts';

export const KeyTerm: KeyTermResolvers = {};
