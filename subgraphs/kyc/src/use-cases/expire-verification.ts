import type { JobTools } from '../context.ts';
import { verificationExpired } from '../events.ts';

/** Ends a verification whose time is over. @throws Error when it is not over by this clock: the job comes again. */
export const expireVerification = (tools: JobTools, id: string): Promise<void> =>
  tools.transaction(async (tx) => {
    const verification = await tx.db.verification.findUnique({ where: { id } });
    if (!verification?.expiresAt || verification.state === 'REJECTED' || verification.state === 'EXPIRED') return;
    if (verification.expiresAt > tx.now) throw new Error(`The time of ${id} is not over yet.`);
    const { count } = await tx.db.verification.updateMany({ where: { id, state: verification.state, expiresAt: verification.expiresAt }, data: { state: 'EXPIRED' } });
    if (count === 0) throw new Error(`${id} changed meanwhile.`);
    const { organizationId, recipientId } = verification;
    await tx.publish(verificationExpired, { subject: id, organizationId }, { verificationId: id, recipientId, expiredAt: tx.now.toISOString() });
  });
