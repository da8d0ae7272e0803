import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const supportTickets: NonNullable<QueryResolvers['supportTickets']> = (_root, args, ctx) => useCases.listSupportTickets(ctx, args);
