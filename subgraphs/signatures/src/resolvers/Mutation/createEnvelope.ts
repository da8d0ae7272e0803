import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createEnvelope: NonNullable<MutationResolvers['createEnvelope']> = (_root, { input }, ctx) => useCases.createEnvelope(ctx, input);
