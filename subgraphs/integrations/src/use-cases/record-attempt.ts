import { newId, type Transaction } from '@buffrsign/kernel';
import type { Prisma, WebhookDelivery, WebhookEndpoint } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';
import { isFailingTooLong, nextAttemptAt } from '../domain/schedule.ts';
import { webhookEndpointDisabled } from '../events.ts';
import type { AttemptResult } from '../http/post-webhook.ts';
import { enqueueAttempt } from './post-message.ts';

export interface MadeAttempt {
  readonly delivery: WebhookDelivery;
  readonly endpoint: WebhookEndpoint;
  readonly result: AttemptResult;
  readonly startedAt: Date;
  readonly durationMs: number;
}

type Tx = Transaction<Database>;

const GONE = 410;

const disable = async (tx: Tx, endpoint: WebhookEndpoint, reason: 'FAILING' | 'GONE'): Promise<void> => {
  const { count } = await tx.db.webhookEndpoint.updateMany({ where: { id: endpoint.id, state: 'ENABLED' }, data: { state: 'DISABLED', disabledReason: reason, disabledAt: tx.now } });
  if (count === 0) return;
  const about = { subject: endpoint.id, organizationId: endpoint.organizationId };
  await tx.publish(webhookEndpointDisabled, about, { webhookEndpointId: endpoint.id, host: new URL(endpoint.url).host, reason, disabledAt: tx.now.toISOString() });
};

/** Keeps since when an endpoint has been failing, and switches it off when that is too long or it says that it is gone. */
const noteHealth = async (tx: Tx, { endpoint, result }: MadeAttempt): Promise<void> => {
  const { id } = endpoint;
  if (result.outcome === 'ACCEPTED') {
    await tx.db.webhookEndpoint.updateMany({ where: { id, failingSince: { not: null } }, data: { failingSince: null } });
    return;
  }
  await tx.db.webhookEndpoint.updateMany({ where: { id, failingSince: null }, data: { failingSince: tx.now } });
  if (result.status === GONE) await disable(tx, endpoint, 'GONE');
  else if (isFailingTooLong(endpoint.failingSince, tx.now)) await disable(tx, endpoint, 'FAILING');
};

const stateAfter = ({ delivery, result }: MadeAttempt, now: Date): Pick<Prisma.WebhookDeliveryUpdateInput, 'state' | 'deliveredAt' | 'failedAt'> & { nextAttemptAt: Date | null } => {
  if (result.outcome === 'ACCEPTED') return { state: 'DELIVERED', deliveredAt: now, nextAttemptAt: null };
  const next = nextAttemptAt(now, delivery.step + 1, Math.random(), result.retryAfterSeconds);
  return next ? { state: 'RETRYING', nextAttemptAt: next } : { state: 'FAILED', failedAt: now, nextAttemptAt: null };
};

/** Moves the delivery on, unless it was begun anew meanwhile: then its own next attempt decides. */
const moveOn = async (tx: Tx, made: MadeAttempt, current: WebhookDelivery): Promise<void> => {
  const { delivery, result } = made;
  if (current.round !== delivery.round && result.outcome !== 'ACCEPTED') return;
  const after = stateAfter(made, tx.now);
  await tx.db.webhookDelivery.update({ where: { id: delivery.id }, data: { ...after, step: { increment: 1 } } });
  if (after.nextAttemptAt) await enqueueAttempt(tx, delivery, after.nextAttemptAt);
};

/** Records what came of an attempt and leaves the next one, if one follows. */
export const recordAttempt = async (tx: Tx, made: MadeAttempt): Promise<void> => {
  const { delivery, result, startedAt, durationMs } = made;
  const current = await tx.db.webhookDelivery.update({ where: { id: delivery.id }, data: { attemptCount: { increment: 1 } } });
  const { outcome, status, message } = result;
  await tx.db.webhookAttempt.create({ data: { id: newId('wha'), webhookDeliveryId: delivery.id, number: current.attemptCount, outcome, status, message, startedAt, durationMs } });
  await moveOn(tx, made, current);
  await noteHealth(tx, made);
};
