import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createApiClient: NonNullable<MutationResolvers['createApiClient']> = (_root, { input }, ctx) => useCases.createApiClient(ctx, input);
