import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const verifications: NonNullable<QueryResolvers['verifications']> = (_root, args, ctx) => useCases.listVerifications(ctx, args);
