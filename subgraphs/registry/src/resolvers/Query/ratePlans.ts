import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const ratePlans: NonNullable<QueryResolvers['ratePlans']> = (_root, args, ctx) => useCases.listRatePlans(ctx, args);
