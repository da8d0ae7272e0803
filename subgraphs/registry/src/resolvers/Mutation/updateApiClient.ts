import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateApiClient: NonNullable<MutationResolvers['updateApiClient']> = (_root, { input }, ctx) => useCases.updateApiClient(ctx, input);
