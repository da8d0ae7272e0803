import { newId } from '@buffrsign/kernel';
import type { EmailMessage } from '../__generated__/prisma/client.ts';
import type { Tools, Transaction } from '../context.ts';
import type { Reply } from '../domain/reply.ts';
import { render } from '../domain/render.ts';
import { contentOf } from './content-of.ts';
import { lockMessage } from './lock-message.ts';
import { enqueueSending } from './queue-email.ts';
import { settleAttempt } from './settle-attempt.ts';

/** An attempt that nobody ended was cut off by a crash: it is not known how far it came. */
const closeInterrupted = (tx: Transaction, messageId: string) =>
  tx.db.emailAttempt.updateMany({ where: { messageId, endedAt: null }, data: { endedAt: tx.now, outcome: 'INTERRUPTED', response: 'The process ended before the outcome was known.' } });

/** Writes down that the message is being handed over, before it is. `null`: there is nothing to send. */
const beginAttempt = (tools: Tools, messageId: string) =>
  tools.transaction(async (tx) => {
    const message = await lockMessage(tx, messageId);
    if (message?.state !== 'PENDING' && message?.state !== 'SENDING') return null;
    // Called too early, by a job that was given out twice or by a clock that differs: the right time comes.
    if (message.nextAttemptAt && message.nextAttemptAt > tx.now) {
      await enqueueSending(tx, messageId, message.nextAttemptAt);
      return null;
    }
    await closeInterrupted(tx, messageId);
    const number = 1 + (await tx.db.emailAttempt.count({ where: { messageId } }));
    const attempt = await tx.db.emailAttempt.create({ data: { id: newId('ema'), organizationId: message.organizationId, messageId, number, startedAt: tx.now } });
    await tx.db.emailMessage.update({ where: { id: messageId }, data: { state: 'SENDING', tries: { increment: 1 }, nextAttemptAt: null } });
    return { message, attemptId: attempt.id };
  });

const handOver = async ({ services, log }: Tools, message: EmailMessage): Promise<Reply> => {
  try {
    const rendered = render(contentOf(message), message.sealedLinks === null ? {} : services.openLinks(message.sealedLinks));
    return await services.transport.send({ ...rendered, id: message.id, to: { name: message.toName, email: message.toEmail }, date: message.createdAt });
  } catch (error) {
    log.error({ err: error, message: message.id }, 'a message could not be made ready to leave');
    return { outcome: 'DEFERRED', response: `The message could not be made ready: ${(error as Error).message}` };
  }
};

/**
 * Tries to send a message. The attempt is written down before the hand-over and ended right after it. Killed in
 * between, the message is handed over again under the same Message-ID: SMTP cannot say whether it had taken it, and a
 * mail that comes twice is better than one that never comes.
 */
export const attemptEmail = async (tools: Tools, messageId: string): Promise<void> => {
  const begun = await beginAttempt(tools, messageId);
  if (!begun) return;
  const reply = await handOver(tools, begun.message);
  await settleAttempt(tools, { messageId, attemptId: begun.attemptId, reply });
};
