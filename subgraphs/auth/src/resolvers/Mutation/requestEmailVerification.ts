import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const requestEmailVerification: NonNullable<MutationResolvers['requestEmailVerification']> = (_root, _args, ctx) => useCases.requestEmailVerification(ctx);
