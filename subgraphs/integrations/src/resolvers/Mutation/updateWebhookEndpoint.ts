import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateWebhookEndpoint: NonNullable<MutationResolvers['updateWebhookEndpoint']> = (_root, { input }, ctx) => useCases.updateWebhookEndpoint(ctx, input);
