import { Problem, requireUser } from '@buffrsign/kernel';
import type { EmailMessage } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { emailFailed } from '../events.ts';
import { lockMessage } from './lock-message.ts';

export type CancelEmailOutcome =
  | { readonly __typename: 'CancelEmailSuccess'; readonly email: EmailMessage }
  | { readonly __typename: 'EmailNotPendingError'; readonly message: string; readonly state: EmailMessage['state'] };

const whyNot = (state: EmailMessage['state']): string => (state === 'SENDING' ? 'The message is being sent right now.' : 'Only messages that wait to be sent can be taken back.');

/** The job that would have sent the message finds it canceled and does nothing. */
export const cancelEmail = async (ctx: Context, id: string): Promise<CancelEmailOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  return ctx.transaction(async (tx) => {
    const present = await lockMessage(tx, id);
    if (present?.organizationId !== organizationId) throw new Problem('NOT_FOUND');
    // Taken back before: the same outcome again.
    if (present.state === 'CANCELED') return { __typename: 'CancelEmailSuccess', email: present };
    if (present.state !== 'PENDING') return { __typename: 'EmailNotPendingError', message: whyNot(present.state), state: present.state };
    const message = await tx.db.emailMessage.update({ where: { id }, data: { state: 'CANCELED', canceledAt: tx.now, nextAttemptAt: null, sealedLinks: null } });
    await tx.publish(emailFailed, { subject: id, organizationId }, { messageId: id, deliveryId: message.deliveryId, to: message.toEmail, reason: 'A member took the message back before it was sent.' });
    return { __typename: 'CancelEmailSuccess', email: message };
  });
};
