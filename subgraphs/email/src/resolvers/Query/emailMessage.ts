import type { QueryResolvers } from './../../__generated__/types.ts';

export const emailMessage: NonNullable<QueryResolvers['emailMessage']> = (_root, { id }, ctx) => ctx.load.emailMessage.load(id);
