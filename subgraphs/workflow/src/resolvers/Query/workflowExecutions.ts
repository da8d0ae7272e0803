import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const workflowExecutions: NonNullable<QueryResolvers['workflowExecutions']> = (_root, args, ctx) => useCases.listExecutions(ctx, args);
