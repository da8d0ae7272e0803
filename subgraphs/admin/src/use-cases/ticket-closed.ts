export interface TicketClosed {
  readonly __typename: 'SupportTicketClosedError';
  readonly message: string;
  readonly closedAt: Date;
}

export const ticketClosed = (closedAt: Date): TicketClosed => ({ __typename: 'SupportTicketClosedError', message: 'This ticket is closed. Open a new one.', closedAt });
