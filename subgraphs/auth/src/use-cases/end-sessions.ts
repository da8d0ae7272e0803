import type { Prisma, SessionEnd } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';

/** Ends the sessions that are still open, and says how many. */
export const endSessions = async (tx: Tx, which: Prisma.SessionWhereInput, reason: SessionEnd): Promise<number> => {
  const { count } = await tx.db.session.updateMany({ where: { AND: [which, { endedAt: null }] }, data: { endedAt: tx.now, endReason: reason } });
  return count;
};
