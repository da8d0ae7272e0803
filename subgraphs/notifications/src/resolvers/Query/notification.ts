import type { QueryResolvers } from './../../__generated__/types.ts';

export const notification: NonNullable<QueryResolvers['notification']> = (_root, { id }, ctx) => ctx.load.notification.load(id);
