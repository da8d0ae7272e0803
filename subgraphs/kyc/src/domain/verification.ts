import { isId } from '@buffrsign/kernel';
import { z } from 'zod';
import { documentModel } from './document.ts';

const DAY_MS = 86_400_000;

/** How long a verification may stay open. */
export const OPEN_FOR_MS = 30 * DAY_MS;

const idempotencyKey = z.string().min(1, 'Name the act.').max(100, 'A key has at most 100 characters.');
const EARLIEST_BIRTH = new Date('1900-01-01');

export const startModel = (now: Date) =>
  z.object({
    idempotencyKey,
    personName: z.string().trim().min(1, 'Give the name of the person.').max(200, 'A name has at most 200 characters.'),
    dateOfBirth: z.date().min(EARLIEST_BIRTH, 'A date of birth lies after 1900.').max(now, 'A date of birth lies in the past.'),
    recipientId: z.string().refine((id) => isId('rcp', id), 'This is not the id of a recipient, `rcp_…`.').nullish(),
    document: documentModel.nullish(),
  });

export const addDocumentModel = z.object({ document: documentModel });

export const decisionModel = z.object({ idempotencyKey, decision: z.enum(['VERIFY', 'REJECT']), reason: z.string().trim().min(1, 'Say why.').max(1_000, 'A reason has at most 1,000 characters.') });

/** When a verified document is no longer to be relied on: at the end of its last day, wherever on earth that is. */
export const endOf = (lastDay: Date | null): Date | null => (lastDay ? new Date(lastDay.getTime() + 2 * DAY_MS) : null);
