import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const resendWebhookDelivery: NonNullable<MutationResolvers['resendWebhookDelivery']> = (_root, { input }, ctx) => useCases.resendWebhookDelivery(ctx, input);
