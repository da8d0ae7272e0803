import type { Tx } from '../context.ts';

/** Keeps who is an active member. */
export const noteMember = async (tx: Tx, organizationId: string, id: string, active: boolean): Promise<void> => {
  if (active) await tx.db.member.createMany({ data: { organizationId, id }, skipDuplicates: true });
  else await tx.db.member.deleteMany({ where: { organizationId, id } });
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
