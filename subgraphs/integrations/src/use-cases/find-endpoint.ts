import { found, type Actor, type Transaction } from '@buffrsign/kernel';
import type { WebhookEndpoint } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';
import { present } from '../policies.ts';

/** An endpoint that the actor may change. @throws Problem NOT_FOUND. */
export const findEndpoint = async (tx: Transaction<Database>, actor: Actor, id: string): Promise<WebhookEndpoint> => {
  const endpoint = found(await tx.db.webhookEndpoint.findFirst({ where: { id, ...present(actor) } }));
  return endpoint;
};

export interface EndpointDisabled {
  readonly __typename: 'WebhookEndpointDisabledError';
  readonly message: string;
}

export const endpointDisabled: EndpointDisabled = { __typename: 'WebhookEndpointDisabledError', message: 'The endpoint is switched off or gone. Enable it first.' };
