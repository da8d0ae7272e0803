import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const roles: NonNullable<QueryResolvers['roles']> = (_root, _args, ctx) => useCases.listRoles(ctx);
