export type { SupportTicket as SupportTicketMapper, SupportTicketMessage as SupportTicketMessageMapper } from '../__generated__/prisma/client.ts';
export interface UserMapper {
  readonly id: string;
}
