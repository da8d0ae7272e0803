import type { QueryResolvers } from './../../__generated__/types.ts';

export const workflowTemplate: NonNullable<QueryResolvers['workflowTemplate']> = (_root, { id }, ctx) => ctx.load.template.load(id);
