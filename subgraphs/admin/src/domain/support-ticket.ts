import { z } from 'zod';

export type Status = 'OPEN' | 'IN_PROGRESS' | 'RESOLVED' | 'CLOSED';

/** Where a ticket can go from where it stands. */
export const nextStatuses: Readonly<Record<Status, readonly Status[]>> = {
  OPEN: ['IN_PROGRESS', 'RESOLVED', 'CLOSED'],
  IN_PROGRESS: ['OPEN', 'RESOLVED', 'CLOSED'],
  RESOLVED: ['IN_PROGRESS', 'CLOSED'],
  CLOSED: [],
};

/** Where a ticket stands after somebody answered it. */
export const statusAfterReply = (status: Status, byOpener: boolean): Status => (status === 'RESOLVED' && byOpener ? 'OPEN' : status);

/** The dates that prove a status: when the ticket was settled, and when for good. */
export const datesOf = (status: Status, before: { readonly resolvedAt: Date | null }, now: Date): { readonly resolvedAt: Date | null; readonly closedAt: Date | null } => {
  if (status === 'RESOLVED') return { resolvedAt: now, closedAt: null };
  if (status === 'CLOSED') return { resolvedAt: before.resolvedAt ?? now, closedAt: now };
  return { resolvedAt: null, closedAt: null };
};

const body = z.string().trim().min(1, 'Write something.').max(10_000, 'A message has at most 10 000 characters.');
const idempotencyKey = z.string().min(1, 'Give a key that is unique to this act.').max(200, 'A key has at most 200 characters.');

export const newTicketModel = z.object({
  subject: z.string().trim().min(1, 'Say what it is about.').max(200, 'A subject has at most 200 characters.'),
  body,
  priority: z.enum(['LOW', 'MEDIUM', 'HIGH', 'URGENT']),
  idempotencyKey,
});

export const replyModel = z.object({ body, idempotencyKey });
