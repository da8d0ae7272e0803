import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const emailStatistics: NonNullable<QueryResolvers['emailStatistics']> = (_root, args, ctx) => useCases.countEmails(ctx, args);
