import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const webhookEndpoints: NonNullable<QueryResolvers['webhookEndpoints']> = (_root, args, ctx) => useCases.listWebhookEndpoints(ctx, args);
