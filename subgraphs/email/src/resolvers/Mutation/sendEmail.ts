import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const sendEmail: NonNullable<MutationResolvers['sendEmail']> = (_root, { input }, ctx) => useCases.sendEmail(ctx, input);
