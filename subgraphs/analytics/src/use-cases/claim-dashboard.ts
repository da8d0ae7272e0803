import { Problem, type Actor, type Transaction } from '@buffrsign/kernel';
import type { Dashboard } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';
import { visible } from '../policies.ts';

/**
 * Marks a dashboard as changed and gives it. Whoever else changes it waits until this transaction is over.
 *
 * @throws Problem NOT_FOUND when it is not the actor's.
 */
export const claimDashboard = async (tx: Transaction<Database>, actor: Actor, id: string): Promise<Dashboard> => {
  const [dashboard] = await tx.db.dashboard.updateManyAndReturn({ where: { id, ...visible(actor) }, data: { updatedAt: tx.now } });
  if (!dashboard) throw new Problem('NOT_FOUND');
  return dashboard;
};
