import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const deleteDocument: NonNullable<MutationResolvers['deleteDocument']> = (_root, { input }, ctx) => useCases.deleteDocument(ctx, input);
