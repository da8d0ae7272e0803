import type { Work } from '../context.ts';

export interface Settlement {
  readonly deliveryId: string | null;
  readonly messageId: string;
  readonly state: 'SENT' | 'FAILED' | 'BOUNCED';
  readonly failure: string | null;
}

/** Notes what became of a mail. One that was given up may still be sent when a member retries it; one that was sent stays sent. */
export const settleDelivery = async (work: Work, { deliveryId, messageId, state, failure }: Settlement): Promise<void> => {
  if (deliveryId === null) return;
  await work.db.delivery.updateMany({ where: { id: deliveryId, channel: 'EMAIL', state: { not: 'SENT' } }, data: { state, failure, emailMessageId: messageId, settledAt: work.now } });
};
