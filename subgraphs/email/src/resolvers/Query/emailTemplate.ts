import type { QueryResolvers } from './../../__generated__/types.ts';

export const emailTemplate: NonNullable<QueryResolvers['emailTemplate']> = (_root, { id }, ctx) => ctx.load.emailTemplate.load(id);
