import type { QueryResolvers } from './../../__generated__/types.ts';

export const workflowExecution: NonNullable<QueryResolvers['workflowExecution']> = (_root, { id }, ctx) => ctx.load.execution.load(id);
