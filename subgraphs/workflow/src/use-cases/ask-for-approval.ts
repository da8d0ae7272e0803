import { newId } from '@buffrsign/kernel';
import type { Approval } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { approvalRequested } from '../events.ts';
import { expireApproval } from '../tasks/definitions.ts';
import { sayOfApproval } from './say-of.ts';

const DAY_MS = 86_400_000;

interface Question {
  readonly organizationId: string;
  readonly subjectId: string;
  readonly executionId: string | null;
  readonly stepExecutionId: string | null;
  readonly approverId: string;
  readonly requestedById: string | null;
  readonly message: string | null;
  readonly expiresInDays: number;
}

/** Asks a member for a yes or no, says so, and sees to it that the question does not stand for ever. */
export const askForApproval = async (tx: Tx, question: Question): Promise<Approval> => {
  const { organizationId, subjectId, executionId, stepExecutionId, approverId, requestedById, message, expiresInDays } = question;
  const expiresAt = new Date(tx.now.getTime() + expiresInDays * DAY_MS);
  const approval = await tx.db.approval.create({
    data: { id: newId('apr'), organizationId, subjectId, stepExecutionId, approverId, requestedById, message, status: 'PENDING', createdAt: tx.now, expiresAt },
  });
  await tx.enqueue(expireApproval, { approvalId: approval.id }, { runAt: expiresAt });
  await tx.publish(approvalRequested, ...sayOfApproval(approval, executionId, { message, expiresAt: expiresAt.toISOString() }));
  return approval;
};
