import { connection, type PageArgs } from '@buffrsign/kernel';
import type { WebhookDeliveryState } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { present, visible } from '../policies.ts';

export const listWebhookEndpoints = ({ db, actor }: Context, args: PageArgs) => connection(args, (page) => db.webhookEndpoint.findMany({ ...page, where: { ...page.where, ...present(actor) } }));

interface DeliveryArgs extends PageArgs {
  readonly webhookEndpointId?: string | null | undefined;
  readonly state?: WebhookDeliveryState | null | undefined;
}

export const listWebhookDeliveries = ({ db, actor }: Context, { webhookEndpointId, state, ...args }: DeliveryArgs) =>
  connection(args, (page) => db.webhookDelivery.findMany({ ...page, where: { ...page.where, ...visible(actor), ...(webhookEndpointId && { webhookEndpointId }), ...(state && { state }) } }));
