import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateEnvelope: NonNullable<MutationResolvers['updateEnvelope']> = (_root, { input }, ctx) => useCases.updateEnvelope(ctx, input);
