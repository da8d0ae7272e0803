import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const switchOrganization: NonNullable<MutationResolvers['switchOrganization']> = (_root, { input }, ctx) => useCases.switchOrganization(ctx, input);
