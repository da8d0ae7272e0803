import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const invitations: NonNullable<QueryResolvers['invitations']> = (_root, args, ctx) => useCases.listInvitations(ctx, args);
