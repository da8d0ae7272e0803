import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const operationUsages: NonNullable<QueryResolvers['operationUsages']> = (_root, args, ctx) => useCases.listOperationUsages(ctx, args);
