import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const checkEnvelope: NonNullable<MutationResolvers['checkEnvelope']> = (_root, { input }, ctx) => useCases.checkEnvelope(ctx, input);
