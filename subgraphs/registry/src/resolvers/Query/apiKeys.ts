import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const apiKeys: NonNullable<QueryResolvers['apiKeys']> = (_root, args, ctx) => useCases.listApiKeys(ctx, args);
