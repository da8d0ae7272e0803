import { Problem, type Transaction } from '@buffrsign/kernel';
import type { Database } from '../database.ts';

/** @throws Problem NOT_FOUND when the plan is not one of the organization. */
export const assertRatePlan = async (tx: Transaction<Database>, organizationId: string, id: string | null | undefined): Promise<void> => {
  if (!id) return;
  const plan = await tx.db.ratePlan.findFirst({ where: { id, organizationId } });
  if (!plan) throw new Problem('NOT_FOUND', { message: 'There is no such rate plan here. List the plans with `ratePlans`.' });
};
