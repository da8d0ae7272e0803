import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createApiKey: NonNullable<MutationResolvers['createApiKey']> = (_root, { input }, ctx) => useCases.createApiKey(ctx, input);
