import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const verifyDocument: NonNullable<QueryResolvers['verifyDocument']> = (_root, { input }, ctx) => useCases.verifyDocument(ctx, input);
