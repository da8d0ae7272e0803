import type { QueryResolvers } from './../../__generated__/types.ts';

export const contact: NonNullable<QueryResolvers['contact']> = (_root, { id }, ctx) => ctx.load.contact.load(id);
