import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

export const contactCreated = defineEvent({
  name: 'crm.contact-created.v1',
  description: 'An organization has a new contact: added by a member, or met as a recipient of an envelope.',
  schema: z.object({ contactId: z.string(), name: z.string(), email: z.string().nullable(), origin: z.enum(['MEMBER', 'ENVELOPE']) }),
});
