import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createEmailTemplate: NonNullable<MutationResolvers['createEmailTemplate']> = (_root, { input }, ctx) => useCases.createEmailTemplate(ctx, input);
