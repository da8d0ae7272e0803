import type { QueryResolvers } from './../../__generated__/types.ts';

export const supportTicket: NonNullable<QueryResolvers['supportTicket']> = (_root, { id }, ctx) => ctx.load.supportTicket.load(id);
