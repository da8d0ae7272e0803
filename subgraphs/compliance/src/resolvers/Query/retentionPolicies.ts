import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const retentionPolicies: NonNullable<QueryResolvers['retentionPolicies']> = (_root, args, ctx) => useCases.listRetentionPolicies(ctx, args);
