import type { Work } from '../context.ts';
import type { PublicMessage } from '../domain/public-events.ts';
import { postMessage } from './post-message.ts';

/** Tells every endpoint of an organization that subscribed to it. */
export const tellEndpoints = async (tx: Work, told: { readonly organizationId: string; readonly messageId: string; readonly message: PublicMessage }): Promise<void> => {
  const { organizationId, messageId, message } = told;
  const endpoints = await tx.db.webhookEndpoint.findMany({ where: { organizationId, deletedAt: null, state: 'ENABLED', eventTypes: { has: message.eventType } } });
  for (const endpoint of endpoints) await postMessage(tx, endpoint, messageId, message);
};
