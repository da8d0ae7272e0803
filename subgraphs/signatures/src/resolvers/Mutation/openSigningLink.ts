import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const openSigningLink: NonNullable<MutationResolvers['openSigningLink']> = (_root, { input }, ctx) => useCases.openSigningLink(ctx, input);
