import { found } from '@buffrsign/kernel';
import type { WorkflowTemplate } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';

type Owned = { readonly id: string; readonly organizationId: string };

/** A template, held until the transaction is over. @throws Problem NOT_FOUND when the organization has none of this id. */
export const claimTemplate = async (tx: Tx, { id, organizationId }: Owned): Promise<WorkflowTemplate> => {
  await tx.db.$queryRaw`select 1 as held from "WorkflowTemplate" where id = ${id} and "organizationId" = ${organizationId} for update`;
  const template = found(await tx.db.workflowTemplate.findFirst({ where: { id, organizationId } }));
  return template;
};

/** An execution with its template, held until the transaction is over; null when there is none. */
export const claimExecution = async (tx: Tx, id: string) => {
  // The lock comes first and alone: what is read after it is what the one before has left.
  await tx.db.$queryRaw`select 1 as held from "WorkflowExecution" where id = ${id} for update`;
  return tx.db.workflowExecution.findUnique({ where: { id }, include: { template: true } });
};

export type ClaimedExecution = NonNullable<Awaited<ReturnType<typeof claimExecution>>>;

/** The first of these people who is no active member; undefined when all are. */
export const findNonMember = async (tx: Tx, organizationId: string, ids: readonly string[]): Promise<string | undefined> => {
  const members = await tx.db.member.findMany({ where: { organizationId, id: { in: [...ids] }, active: true } });
  return ids.find((id) => !members.some((member) => member.id === id));
};
