import type { Tx } from '../context.ts';

/** Keeps what was last said of a member: facts may come late and out of order. */
export const noteMember = async (tx: Tx, organizationId: string, { id, ...said }: { readonly id: string; readonly active: boolean; readonly saidAt: Date }): Promise<void> => {
  const { count } = await tx.db.member.createMany({ data: { organizationId, id, ...said }, skipDuplicates: true });
  if (count === 0) await tx.db.member.updateMany({ where: { organizationId, id, saidAt: { lte: said.saidAt } }, data: said });
};

export const noteDocument = async (tx: Tx, organizationId: string, document: { readonly id: string; readonly pages: number; readonly bytes: number }): Promise<void> => {
  await tx.db.subject.createMany({ data: { ...document, organizationId, kind: 'DOCUMENT', documentId: document.id }, skipDuplicates: true });
};

export const noteEnvelope = async (tx: Tx, organizationId: string, envelope: { readonly id: string; readonly documentId: string; readonly recipients: number }): Promise<void> => {
  await tx.db.subject.createMany({ data: { ...envelope, organizationId, kind: 'ENVELOPE' }, skipDuplicates: true });
};

/** No further workflow begins for a deleted document. */
export const forgetDocument = async (tx: Tx, organizationId: string, id: string): Promise<void> => {
  await tx.db.subject.updateMany({ where: { id, organizationId }, data: { deletedAt: tx.now } });
};
