import type { Tx } from '../../context.ts';

/**
 * Holds the trail of an organization until the transaction ends: nobody else appends meanwhile. The row is locked by the
 * owner of the tables: the role that writes may not even lock one for a change.
 */
export const lockTrail = async (tx: Pick<Tx, 'sql' | 'now'>, organizationId: string): Promise<void> => {
  const lock = () => tx.sql.$queryRaw<unknown[]>`select 1 as held from "AuditTrail" where "organizationId" = ${organizationId} for update`;
  if ((await lock()).length > 0) return;
  await tx.sql.$executeRaw`insert into "AuditTrail" ("organizationId", "createdAt") values (${organizationId}, ${tx.now}) on conflict do nothing`;
  await lock();
};
