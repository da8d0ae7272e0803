import type { Tx } from '../context.ts';

/** Keeps where the text of a document lies. */
export const noteDocument = async (tx: Tx, organizationId: string, id: string, textSha256: string): Promise<void> => {
  await tx.db.documentCopy.createMany({ data: { id, organizationId, textSha256 }, skipDuplicates: true });
};

/** A document that is deleted takes along what was read out of it. */
export const forgetDocument = async (tx: Tx, organizationId: string, id: string): Promise<void> => {
  await tx.db.documentCopy.updateMany({ where: { id, organizationId }, data: { deletedAt: tx.now } });
  await tx.db.analysis.deleteMany({ where: { documentId: id, organizationId } });
};
