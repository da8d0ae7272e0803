import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const webhookDeliveries: NonNullable<QueryResolvers['webhookDeliveries']> = (_root, args, ctx) => useCases.listWebhookDeliveries(ctx, args);
