import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const apiClients: NonNullable<QueryResolvers['apiClients']> = (_root, args, ctx) => useCases.listApiClients(ctx, args);
