import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const emailMessages: NonNullable<QueryResolvers['emailMessages']> = (_root, args, ctx) => useCases.listEmails(ctx, args);
