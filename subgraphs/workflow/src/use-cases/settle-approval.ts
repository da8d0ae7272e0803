import type { Approval } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { approvalDecided } from '../events.ts';
import { advanceExecution } from '../tasks/definitions.ts';
import { sayOfApproval } from './say-of.ts';

type Settled = 'APPROVED' | 'REJECTED' | 'EXPIRED';

const notes: Readonly<Record<Settled, string>> = { APPROVED: 'It was approved.', REJECTED: 'It was refused.', EXPIRED: 'Nobody decided in time.' };

/** Says how an approval ended, and lets the workflow that waits for it go on. */
export const settleApproval = async (tx: Tx, approval: Approval, status: Settled): Promise<void> => {
  const step = approval.stepExecutionId === null ? null : await tx.db.stepExecution.findUniqueOrThrow({ where: { id: approval.stepExecutionId } });
  await tx.publish(approvalDecided, ...sayOfApproval(approval, step?.executionId ?? null, { status, comment: approval.comment }));
  if (!step) return;
  await tx.db.stepExecution.updateMany({
    where: { id: step.id, status: 'WAITING' },
    data: { status: status === 'APPROVED' ? 'COMPLETED' : 'FAILED', note: notes[status], endedAt: tx.now },
  });
  await tx.enqueue(advanceExecution, { executionId: step.executionId });
};
