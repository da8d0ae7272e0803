import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createDocument: NonNullable<MutationResolvers['createDocument']> = (_root, { input }, ctx) => useCases.createDocument(ctx, input);
