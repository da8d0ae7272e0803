import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const addVerificationDocument: NonNullable<MutationResolvers['addVerificationDocument']> = (_root, { input }, ctx) => useCases.addVerificationDocument(ctx, input);
