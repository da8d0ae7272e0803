import type { QueryResolvers } from './../../__generated__/types.ts';

export const webhookDelivery: NonNullable<QueryResolvers['webhookDelivery']> = (_root, { id }, ctx) => ctx.load.webhookDelivery.load(id);
