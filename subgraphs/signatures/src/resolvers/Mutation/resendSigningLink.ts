import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const resendSigningLink: NonNullable<MutationResolvers['resendSigningLink']> = (_root, { input }, ctx) => useCases.resendSigningLink(ctx, input);
