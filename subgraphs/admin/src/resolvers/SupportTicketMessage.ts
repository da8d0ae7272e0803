import type { SupportTicketMessageResolvers } from './../__generated__/types.ts';

export const SupportTicketMessage: SupportTicketMessageResolvers = {
  author: ({ authorId }) => ({ id: authorId }),
};
