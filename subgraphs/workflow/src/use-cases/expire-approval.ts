import type { Tx } from '../context.ts';
import { settleApproval } from './settle-approval.ts';

/** Ends an approval that nobody decided in time; one that was decided stays as it is. */
export const expireApproval = async (tx: Tx, approvalId: string): Promise<void> => {
  const [expired] = await tx.db.approval.updateManyAndReturn({ where: { id: approvalId, status: 'PENDING' }, data: { status: 'EXPIRED', decidedAt: tx.now } });
  if (expired) await settleApproval(tx, expired, 'EXPIRED');
};
