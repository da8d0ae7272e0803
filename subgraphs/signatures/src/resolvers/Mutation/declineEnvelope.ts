import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const declineEnvelope: NonNullable<MutationResolvers['declineEnvelope']> = (_root, { input }, ctx) => useCases.declineEnvelope(ctx, input);
