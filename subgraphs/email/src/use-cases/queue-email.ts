import { newId } from '@buffrsign/kernel';
import type { EmailMessage } from '../__generated__/prisma/client.ts';
import type { Transaction } from '../context.ts';
import type { Content } from '../domain/compose.ts';
import { sendEmailTask } from '../tasks/send-email.ts';

export interface NewEmail {
  readonly organizationId: string;
  readonly to: { readonly name: string; readonly email: string };
  readonly content: Content;
  readonly template?: { readonly name: string; readonly version: number };
  readonly deliveryId?: string;
  readonly sealedLinks?: string | null;
}

/** Leaves the job that sends a message. Jobs of one message run one after another. */
export const enqueueSending = (tx: Transaction, messageId: string, runAt?: Date): Promise<void> => tx.enqueue(sendEmailTask, { messageId }, { key: `email:${messageId}`, queue: messageId, ...(runAt && { runAt }) });

/** Queues a mail. `null`: the delivery has its mail already. */
export const queueEmail = async (tx: Transaction, email: NewEmail): Promise<EmailMessage | null> => {
  const { organizationId, to, content, template, deliveryId = null, sealedLinks = null } = email;
  const [message] = await tx.db.emailMessage.createManyAndReturn({
    data: {
      id: newId('eml'),
      organizationId,
      deliveryId,
      templateName: template?.name ?? null,
      templateVersion: template && template.version > 0 ? template.version : null,
      toName: to.name,
      toEmail: to.email,
      subject: content.subject,
      content: { ...content, paragraphs: [...content.paragraphs] },
      sealedLinks,
      state: 'PENDING',
      tries: 0,
      nextAttemptAt: tx.now,
      createdAt: tx.now,
    },
    // One mail for a delivery: the unique key decides.
    skipDuplicates: true,
  });
  if (!message) return null;
  await enqueueSending(tx, message.id);
  return message;
};
