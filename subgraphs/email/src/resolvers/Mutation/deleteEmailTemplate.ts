import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const deleteEmailTemplate: NonNullable<MutationResolvers['deleteEmailTemplate']> = (_root, { input }, ctx) => useCases.deleteEmailTemplate(ctx, input.id);
