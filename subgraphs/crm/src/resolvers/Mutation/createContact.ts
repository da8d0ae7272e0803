import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createContact: NonNullable<MutationResolvers['createContact']> = (_root, { input }, ctx) => useCases.createContact(ctx, input);
