import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const sessions: NonNullable<QueryResolvers['sessions']> = (_root, args, ctx) => useCases.listSessions(ctx, args);
