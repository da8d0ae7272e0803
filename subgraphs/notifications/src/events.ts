import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

/** Subject: the user who is notified. */
export const notificationCreated = defineEvent({
  name: 'notifications.notification-created.v1',
  description: 'A member has a new in-app notification.',
  schema: z.object({ notificationId: z.string(), userId: z.string() }),
});

/**
 * Subject: the delivery. The e-mail subgraph sends it and answers with its own facts, naming `deliveryId`.
 * `variables` fill the template; `sealedVariables` is a JSON object of further ones, encrypted with the platform's data
 * key (links that open doors), that are shown in the mail alone.
 */
export const emailRequested = defineEvent({
  name: 'notifications.email-requested.v1',
  description: 'Somebody is to be told by e-mail.',
  schema: z.object({
    deliveryId: z.string(),
    to: z.object({ name: z.string(), email: z.string() }),
    template: z.string(),
    variables: z.record(z.string(), z.string()),
    sealedVariables: z.string().nullable(),
  }),
});
