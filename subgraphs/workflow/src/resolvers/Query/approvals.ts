import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const approvals: NonNullable<QueryResolvers['approvals']> = (_root, args, ctx) => useCases.listApprovals(ctx, args);
