import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateContact: NonNullable<MutationResolvers['updateContact']> = (_root, { input }, ctx) => useCases.updateContact(ctx, input);
