import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const envelopes: NonNullable<QueryResolvers['envelopes']> = (_root, args, ctx) => useCases.listEnvelopes(ctx, args);
