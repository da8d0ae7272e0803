import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const registerTrustedOperation: NonNullable<MutationResolvers['registerTrustedOperation']> = (_root, { input }, ctx) => useCases.registerTrustedOperation(ctx, input);
