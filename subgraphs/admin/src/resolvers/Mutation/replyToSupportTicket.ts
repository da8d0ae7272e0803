import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const replyToSupportTicket: NonNullable<MutationResolvers['replyToSupportTicket']> = (_root, { input }, ctx) => useCases.replyToSupportTicket(ctx, input);
