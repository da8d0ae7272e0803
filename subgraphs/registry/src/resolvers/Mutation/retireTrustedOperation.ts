import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const retireTrustedOperation: NonNullable<MutationResolvers['retireTrustedOperation']> = (_root, { input }, ctx) => useCases.retireTrustedOperation(ctx, input);
