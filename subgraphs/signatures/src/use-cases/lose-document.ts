import type { Work } from '../context.ts';
import { openStates } from '../domain/envelope-state.ts';
import { endEnvelope } from './end-envelope.ts';
import { lockEnvelope } from './envelope-row.ts';

/** A document was deleted: drafts of it cannot be sent, and nobody is asked any more to sign what is not there. */
export const loseDocument = async (tx: Work, { id, organizationId }: { readonly id: string; readonly organizationId: string }): Promise<void> => {
  await tx.db.documentCopy.updateMany({ where: { id, organizationId, deletedAt: null }, data: { deletedAt: tx.now } });
  const open = await tx.db.envelope.findMany({ where: { documentId: id, organizationId, state: { in: [...openStates] } }, select: { id: true }, orderBy: { id: 'asc' } });
  for (const { id: envelopeId } of open) {
    const envelope = await lockEnvelope(tx, { id: envelopeId, organizationId });
    if (openStates.some((state) => state === envelope.state)) await endEnvelope(tx, envelope, 'VOIDED', 'The document was deleted.');
  }
};
