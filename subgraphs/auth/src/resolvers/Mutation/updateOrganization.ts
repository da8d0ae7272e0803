import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateOrganization: NonNullable<MutationResolvers['updateOrganization']> = (_root, { input }, ctx) => useCases.updateOrganization(ctx, input);
