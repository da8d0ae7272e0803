import type { QueryResolvers } from './../../__generated__/types.ts';

export const webhookEndpoint: NonNullable<QueryResolvers['webhookEndpoint']> = (_root, { id }, ctx) => ctx.load.webhookEndpoint.load(id);
