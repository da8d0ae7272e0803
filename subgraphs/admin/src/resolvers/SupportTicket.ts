import type { SupportTicketResolvers } from './../__generated__/types.ts';
import * as useCases from '../use-cases/index.ts';

export const SupportTicket: SupportTicketResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.supportTicket.load(id),
  openedBy: ({ openedById }) => ({ id: openedById }),
  assignee: ({ assigneeId }) => (assigneeId === null ? null : { id: assigneeId }),
  messages: ({ id }, args, ctx) => useCases.listTicketMessages(ctx, id, args),
};
