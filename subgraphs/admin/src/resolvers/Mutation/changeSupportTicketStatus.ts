import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const changeSupportTicketStatus: NonNullable<MutationResolvers['changeSupportTicketStatus']> = (_root, { input }, ctx) => useCases.changeSupportTicketStatus(ctx, input);
