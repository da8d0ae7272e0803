import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

const message = { messageId: z.string(), deliveryId: z.string().nullable(), to: z.string() };

// The subject of every fact here is the message.

export const emailSent = defineEvent({
  name: 'email.message-sent.v1',
  description: 'The mail server took a message.',
  schema: z.object({ ...message, sentAt: z.iso.datetime() }),
});

export const emailBounced = defineEvent({
  name: 'email.message-bounced.v1',
  description: 'The mail server refused a message for good; the address is probably wrong.',
  schema: z.object({ ...message, reason: z.string() }),
});

export const emailFailed = defineEvent({
  name: 'email.message-failed.v1',
  description: 'A message could not be sent after all attempts.',
  schema: z.object({ ...message, reason: z.string() }),
});
