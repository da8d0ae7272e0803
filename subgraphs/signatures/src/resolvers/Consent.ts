import type { ConsentResolvers } from './../__generated__/types.ts';

export const Consent: ConsentResolvers = {};
