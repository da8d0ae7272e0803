import { once, Problem, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { EmailMessage } from '../__generated__/prisma/client.ts';
import type { Context, Transaction } from '../context.ts';
import { retryModel } from '../domain/email-input.ts';
import { lockMessage } from './lock-message.ts';
import { enqueueSending } from './queue-email.ts';

interface NotRetryable {
  readonly __typename: 'EmailNotRetryableError';
  readonly message: string;
  readonly state: EmailMessage['state'];
}

export type RetryEmailOutcome = { readonly __typename: 'RetryEmailSuccess'; readonly email: EmailMessage } | NotRetryable | InvalidInput;

const requeue = async (tx: Transaction, message: EmailMessage): Promise<{ readonly retried: true } | NotRetryable> => {
  if (message.state !== 'FAILED' && message.state !== 'BOUNCED') {
    return { __typename: 'EmailNotRetryableError', message: 'Only messages that failed or bounced can be retried.', state: message.state };
  }
  await tx.db.emailMessage.update({ where: { id: message.id }, data: { state: 'PENDING', tries: 0, nextAttemptAt: tx.now, failedAt: null, bouncedAt: null } });
  await enqueueSending(tx, message.id);
  return { retried: true };
};

export const retryEmail = async (ctx: Context, input: unknown): Promise<RetryEmailOutcome> => {
  const { id: actorId, organizationId } = requireUser(ctx.actor);
  const read = readInput(retryModel, input);
  if ('refusal' in read) return read.refusal;
  const { id, idempotencyKey } = read.data;

  return ctx.transaction(async (tx) => {
    const message = await lockMessage(tx, id);
    if (message?.organizationId !== organizationId) throw new Problem('NOT_FOUND');
    const outcome = await once(tx, { actorId, organizationId, operation: 'retryEmail', key: idempotencyKey, input: { id } }, () => requeue(tx, message));
    if ('__typename' in outcome) return outcome;
    return { __typename: 'RetryEmailSuccess', email: await tx.db.emailMessage.findUniqueOrThrow({ where: { id } }) };
  });
};
