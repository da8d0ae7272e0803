import type { RecipientResolvers } from './../__generated__/types.ts';

export const Recipient: RecipientResolvers = {};
