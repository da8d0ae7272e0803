import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const documents: NonNullable<QueryResolvers['documents']> = (_root, args, ctx) => useCases.listDocuments(ctx, args);
