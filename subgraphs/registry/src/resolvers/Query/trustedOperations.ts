import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const trustedOperations: NonNullable<QueryResolvers['trustedOperations']> = (_root, args, ctx) => useCases.listTrustedOperations(ctx, args);
