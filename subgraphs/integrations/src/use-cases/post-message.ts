import { newId, type Transaction } from '@buffrsign/kernel';
import type { WebhookDelivery } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';
import { bodyOf, type PublicMessage } from '../domain/public-events.ts';
import { deliverWebhookTask } from '../tasks/definitions.ts';

/** Leaves the next attempt for a message; messages to one endpoint go one after another. */
export const enqueueAttempt = (tx: Transaction<Database>, delivery: Pick<WebhookDelivery, 'id' | 'webhookEndpointId'>, runAt?: Date): Promise<void> =>
  tx.enqueue(deliverWebhookTask, { webhookDeliveryId: delivery.id }, { key: delivery.id, queue: delivery.webhookEndpointId, ...(runAt && { runAt }) });

/** Puts a message to one endpoint on its way. */
export const postMessage = async (tx: Transaction<Database>, endpoint: { readonly id: string; readonly organizationId: string }, messageId: string, message: PublicMessage): Promise<string> => {
  const delivery = { id: newId('whd'), organizationId: endpoint.organizationId, webhookEndpointId: endpoint.id, messageId, eventType: message.eventType, body: bodyOf(message), nextAttemptAt: tx.now, createdAt: tx.now };
  await tx.db.webhookDelivery.create({ data: { ...delivery, state: 'PENDING' } });
  await enqueueAttempt(tx, delivery);
  return delivery.id;
};
