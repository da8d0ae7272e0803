import { z } from 'zod';

const text = (what: string, maximum: number) => z.string().trim().min(1, `Give ${what}.`).max(maximum, `At most ${maximum} characters.`);

export const personName = text('a name', 200);
export const organizationName = text('the organization a name', 200);
// Addresses are compared as people write them: upper and lower case are the same person.
export const emailAddress = z.string().trim().toLowerCase().max(254, 'An address has at most 254 characters.').pipe(z.email('This is not an e-mail address.'));
/** What a sign-in calls itself. */
export const deviceName = z.string().trim().max(100, 'At most 100 characters.').nullish().transform((device) => device || null);
export const idempotencyKey = z.string().min(1, 'Give a key.').max(100, 'At most 100 characters.');
