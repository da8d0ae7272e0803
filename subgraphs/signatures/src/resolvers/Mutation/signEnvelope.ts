import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const signEnvelope: NonNullable<MutationResolvers['signEnvelope']> = (_root, { input }, ctx) => useCases.signEnvelope(ctx, input);
