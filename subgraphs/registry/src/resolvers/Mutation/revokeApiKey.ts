import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const revokeApiKey: NonNullable<MutationResolvers['revokeApiKey']> = (_root, { input }, ctx) => useCases.revokeApiKey(ctx, input);
