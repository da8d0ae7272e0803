import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const workflowTemplates: NonNullable<QueryResolvers['workflowTemplates']> = (_root, args, ctx) => useCases.listTemplates(ctx, args);
