import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const members: NonNullable<QueryResolvers['members']> = (_root, args, ctx) => useCases.listMembers(ctx, args);
