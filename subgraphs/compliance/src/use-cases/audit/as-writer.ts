import type { Tx } from '../../context.ts';

/**
 * Does something as the role that writes the trail, which can read and add and nothing else, and becomes oneself again.
 * When it fails, so does the transaction, and the role ends with it.
 */
export const asAuditWriter = async <Result>(tx: Pick<Tx, 'sql'>, work: () => Promise<Result>): Promise<Result> => {
  await tx.sql.$queryRaw`select set_config('role', audit_writer_role(), true)`;
  const result = await work();
  await tx.sql.$queryRaw`select set_config('role', 'none', true)`;
  return result;
};
