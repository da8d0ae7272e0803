import type { EmailMessage } from '../__generated__/prisma/client.ts';
import type { Transaction } from '../context.ts';

/** The message, held until the transaction ends: sending, retrying and canceling exclude each other. */
export const lockMessage = async (tx: Transaction, id: string): Promise<EmailMessage | null> => {
  await tx.sql.$queryRaw`select 1 as held from "EmailMessage" where id = ${id} for update`;
  return tx.db.emailMessage.findUnique({ where: { id } });
};
