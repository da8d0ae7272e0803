import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const deleteRetentionPolicy: NonNullable<MutationResolvers['deleteRetentionPolicy']> = (_root, { input }, ctx) => useCases.deleteRetentionPolicy(ctx, input);
