import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const deleteDraft: NonNullable<MutationResolvers['deleteDraft']> = (_root, { input }, ctx) => useCases.deleteDraft(ctx, input);
