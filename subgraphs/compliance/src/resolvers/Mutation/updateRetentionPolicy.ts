import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateRetentionPolicy: NonNullable<MutationResolvers['updateRetentionPolicy']> = (_root, { input }, ctx) => useCases.updateRetentionPolicy(ctx, input);
