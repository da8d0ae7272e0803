import type { Transaction } from '@buffrsign/kernel';

/**
 * Holds a document until the end of the transaction, so that deleting it and sending it in an envelope come one after
 * the other. False when the organization has no such document.
 */
export const lockDocument = async (tx: Pick<Transaction<unknown>, 'sql'>, id: string, organizationId: string): Promise<boolean> => {
  const rows = await tx.sql.$queryRaw<unknown[]>`select id from "Document" where id = ${id} and "organizationId" = ${organizationId} for update`;
  return rows.length > 0;
};
