import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createWebhookEndpoint: NonNullable<MutationResolvers['createWebhookEndpoint']> = (_root, { input }, ctx) => useCases.createWebhookEndpoint(ctx, input);
