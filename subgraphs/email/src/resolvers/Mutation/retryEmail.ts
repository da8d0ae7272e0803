import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const retryEmail: NonNullable<MutationResolvers['retryEmail']> = (_root, { input }, ctx) => useCases.retryEmail(ctx, input);
