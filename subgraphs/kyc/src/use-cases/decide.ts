import type { Transaction } from '@buffrsign/kernel';
import type { Verification } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';
import { endOf } from '../domain/verification.ts';
import { verificationDecided } from '../events.ts';
import { expireVerificationTask } from '../tasks/definitions.ts';

export interface Decision {
  readonly state: 'VERIFIED' | 'REJECTED';
  readonly reason: string;
  /** The reviewer; null when a check failed. */
  readonly decidedBy: string | null;
}

/** Ends a verification that the caller holds, and says so. What is verified expires with its document. */
export const decide = async (tx: Transaction<Database>, verification: Verification, { state, reason, decidedBy }: Decision): Promise<void> => {
  const { id, organizationId, recipientId } = verification;
  const expiresAt = state === 'VERIFIED' ? endOf(verification.documentExpiry) : null;
  await tx.db.verification.update({ where: { id }, data: { state, decisionReason: reason, decidedAt: tx.now, expiresAt, ...(decidedBy && { reviewerId: decidedBy }) } });
  if (expiresAt) await tx.enqueue(expireVerificationTask, { verificationId: id }, { key: id, runAt: expiresAt });
  await tx.publish(verificationDecided, { subject: id, organizationId }, { verificationId: id, recipientId, state, decidedBy, reason, decidedAt: tx.now.toISOString() });
};
