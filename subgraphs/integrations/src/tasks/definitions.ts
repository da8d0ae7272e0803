import { defineTask } from '@buffrsign/kernel';
import { z } from 'zod';

/** Makes the next attempt to deliver a message. */
export const deliverWebhookTask = defineTask('deliver-webhook', z.object({ webhookDeliveryId: z.string() }));
