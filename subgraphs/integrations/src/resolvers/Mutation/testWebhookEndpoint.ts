import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const testWebhookEndpoint: NonNullable<MutationResolvers['testWebhookEndpoint']> = (_root, { input }, ctx) => useCases.testWebhookEndpoint(ctx, input);
