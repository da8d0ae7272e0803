import { found, type Actor, type Transaction } from '@buffrsign/kernel';
import type { SupportTicket } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';
import { visible } from '../policies.ts';

/**
 * The ticket as it stands; whoever else changes it waits until this transaction is over.
 *
 * @throws Problem NOT_FOUND when it is not the actor's.
 */
export const claimTicket = async (tx: Transaction<Database>, actor: Actor, id: string): Promise<SupportTicket> => {
  const { organizationId } = visible(actor);
  await tx.db.$queryRaw`select 1 as held from "SupportTicket" where id = ${id} and "organizationId" = ${organizationId} for update`;
  const ticket = found(await tx.db.supportTicket.findFirst({ where: { id, organizationId } }));
  return ticket;
};
