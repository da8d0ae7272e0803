import { z } from 'zod';

const name = z.string().trim().min(1, 'Give the contact a name.').max(200, 'A name has at most 200 characters.');
// Addresses are compared as people write them: upper and lower case are the same person.
const email = z.email('This is not an e-mail address.').toLowerCase();

export const newContactModel = z.object({ kind: z.enum(['INDIVIDUAL', 'COMPANY', 'PARTNER']), name, email: email.nullish() });

export const contactChangesModel = z.object({ kind: z.enum(['INDIVIDUAL', 'COMPANY', 'PARTNER']).nullish(), name: name.nullish(), email: email.nullish() });
