import { setTimeout as pause } from 'node:timers/promises';
import type { EmailMessage } from '../__generated__/prisma/client.ts';
import type { Tools, Transaction } from '../context.ts';
import type { Reply } from '../domain/reply.ts';
import { nextAttemptAt } from '../domain/schedule.ts';
import { emailBounced, emailFailed, emailSent } from '../events.ts';
import { lockMessage } from './lock-message.ts';
import { enqueueSending } from './queue-email.ts';

export interface Settlement {
  readonly messageId: string;
  readonly attemptId: string;
  readonly reply: Reply;
}

/** Milliseconds between tries to write down an outcome. Forgetting that a mail was taken would send it twice. */
const PERSIST_MS = [100, 500, 2_000, 5_000] as const;

const factOf = ({ id, deliveryId, toEmail }: EmailMessage) => ({ messageId: id, deliveryId, to: toEmail });
const aboutOf = ({ id, organizationId }: EmailMessage) => ({ subject: id, organizationId });

const markSent = async (tx: Transaction, message: EmailMessage): Promise<void> => {
  // The links have done their work: nobody needs them here any more.
  await tx.db.emailMessage.update({ where: { id: message.id }, data: { state: 'SENT', sentAt: tx.now, failure: null, sealedLinks: null } });
  await tx.publish(emailSent, aboutOf(message), { ...factOf(message), sentAt: tx.now.toISOString() });
};

const markBounced = async (tx: Transaction, message: EmailMessage, reason: string): Promise<void> => {
  await tx.db.emailMessage.update({ where: { id: message.id }, data: { state: 'BOUNCED', bouncedAt: tx.now, failure: reason } });
  await tx.publish(emailBounced, aboutOf(message), { ...factOf(message), reason });
};

const markFailed = async (tx: Transaction, message: EmailMessage, reason: string): Promise<void> => {
  await tx.db.emailMessage.update({ where: { id: message.id }, data: { state: 'FAILED', failedAt: tx.now, failure: reason } });
  await tx.publish(emailFailed, aboutOf(message), { ...factOf(message), reason });
};

const putOff = async (tx: Transaction, message: EmailMessage, reason: string): Promise<void> => {
  const next = nextAttemptAt(message.tries, tx.now);
  if (!next) return markFailed(tx, message, reason);
  await tx.db.emailMessage.update({ where: { id: message.id }, data: { state: 'PENDING', nextAttemptAt: next, failure: reason } });
  await enqueueSending(tx, message.id, next);
};

const settle = async (tx: Transaction, { messageId, attemptId, reply }: Settlement): Promise<void> => {
  const message = await lockMessage(tx, messageId);
  const { count } = await tx.db.emailAttempt.updateMany({ where: { id: attemptId, endedAt: null }, data: { endedAt: tx.now, outcome: reply.outcome, response: reply.response } });
  if (!message || message.state === 'SENT') return;
  if (reply.outcome === 'ACCEPTED') return markSent(tx, message);
  // Ended by somebody else: another process took this one for dead and goes on with the message.
  if (count === 0) return;
  if (reply.outcome === 'REFUSED') return markBounced(tx, message, reply.response);
  return putOff(tx, message, reply.response);
};

/** Writes down what came of an attempt, and insists while the database is away. */
export const settleAttempt = async (tools: Tools, settlement: Settlement): Promise<void> => {
  for (const wait of PERSIST_MS) {
    try {
      return await tools.transaction((tx) => settle(tx, settlement));
    } catch (error) {
      tools.log.warn({ err: error, message: settlement.messageId, outcome: settlement.reply.outcome }, 'an outcome could not be written down; trying again');
      await pause(wait);
    }
  }
  return tools.transaction((tx) => settle(tx, settlement));
};
