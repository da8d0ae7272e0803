import { z } from 'zod';

export type Status = 'PENDING' | 'PROCESSING' | 'COMPLETED' | 'FAILED';
export type Act = 'begin' | 'complete' | 'fail' | 'retry';

/** What can be done to an analysis where it stands, and where it then stands. A job that begins again after a crash finds it begun. */
export const transitions: Readonly<Record<Status, Readonly<Partial<Record<Act, Status>>>>> = {
  PENDING: { begin: 'PROCESSING' },
  PROCESSING: { begin: 'PROCESSING', complete: 'COMPLETED', fail: 'FAILED' },
  COMPLETED: {},
  FAILED: { retry: 'PENDING' },
};

/** The statuses from which something can be done. */
export const statusesBefore = (act: Act): Status[] => (Object.keys(transitions) as Status[]).filter((status) => transitions[status][act]);

export const requestModel = z.object({
  documentId: z.string(),
  kind: z.enum(['TEXT_STATISTICS', 'KEY_TERMS', 'DATES_AND_AMOUNTS', 'CONTACTS_AND_PARTIES', 'SIGNATURE_LINES']),
  idempotencyKey: z.string().min(1, 'Give a key that is unique to this act.').max(200, 'A key has at most 200 characters.'),
});
