import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateEmailTemplate: NonNullable<MutationResolvers['updateEmailTemplate']> = (_root, { input }, ctx) => useCases.updateEmailTemplate(ctx, input);
