import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const changeSupportTicketPriority: NonNullable<MutationResolvers['changeSupportTicketPriority']> = (_root, { input }, ctx) => useCases.changeSupportTicketPriority(ctx, input);
