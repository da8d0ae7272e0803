import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const serviceStatuses: NonNullable<QueryResolvers['serviceStatuses']> = (_root, _args, ctx) => useCases.listServiceStatuses(ctx);
