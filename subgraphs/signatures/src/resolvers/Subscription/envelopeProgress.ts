import type { SubscriptionResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';
import type { Progress } from '../../use-cases/watch-envelope.ts';

export const envelopeProgress: NonNullable<SubscriptionResolvers['envelopeProgress']> = {
  subscribe: (_root, { envelopeId }, ctx) => useCases.watchEnvelope(ctx, envelopeId),
  resolve: (progress: Progress) => progress,
};
