import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createRetentionPolicy: NonNullable<MutationResolvers['createRetentionPolicy']> = (_root, { input }, ctx) => useCases.createRetentionPolicy(ctx, input);
