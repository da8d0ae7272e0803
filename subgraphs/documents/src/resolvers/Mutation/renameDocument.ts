import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const renameDocument: NonNullable<MutationResolvers['renameDocument']> = (_root, { input }, ctx) => useCases.renameDocument(ctx, input);
