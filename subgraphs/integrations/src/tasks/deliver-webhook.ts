import { implementTask } from '@buffrsign/kernel';
import type { JobTools } from '../context.ts';
import { attemptDelivery } from '../use-cases/index.ts';
import { deliverWebhookTask } from './definitions.ts';

export const deliverWebhook = implementTask<JobTools>()(deliverWebhookTask, (tools, { webhookDeliveryId }) => attemptDelivery(tools, webhookDeliveryId));
