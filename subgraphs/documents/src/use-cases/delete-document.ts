import { found, requireUser } from '@buffrsign/kernel';
import type { Document } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { documentDeleted } from '../events.ts';

export type DeleteDocumentOutcome =
  | { readonly __typename: 'DeleteDocumentSuccess'; readonly document: Document }
  | { readonly __typename: 'DocumentInUseError'; readonly message: string; readonly envelopes: readonly { readonly id: string }[] };

const SHOWN_ENVELOPES = 20;

export const deleteDocument = async (ctx: Context, { id }: { readonly id: string }): Promise<DeleteDocumentOutcome> => {
  const { id: deletedById, organizationId } = requireUser(ctx.actor);

  return ctx.transaction(async (tx) => {
    const present = found(await tx.db.document.findFirst({ where: { id, organizationId } }));
    if (present.state === 'DELETED') return { __typename: 'DeleteDocumentSuccess', document: present };
    // An envelope whose sending is not known here yet takes no harm: its recipients go on seeing the original.
    const uses = await tx.db.envelopeUse.findMany({ where: { documentId: id, organizationId, state: 'IN_PROGRESS' }, orderBy: { envelopeId: 'desc' }, take: SHOWN_ENVELOPES });
    if (uses.length > 0) return inUse(uses);
    const { count } = await tx.db.document.updateMany({ where: { id, state: { not: 'DELETED' } }, data: { state: 'DELETED', sealedPassword: null, deletedAt: tx.now, deletedById, updatedAt: tx.now } });
    if (count === 1) await tx.publish(documentDeleted, { subject: id, organizationId }, { documentId: id, deletedBy: deletedById });
    const document = await tx.db.document.findUniqueOrThrow({ where: { id } });
    return { __typename: 'DeleteDocumentSuccess', document };
  });
};

const inUse = (uses: readonly { readonly envelopeId: string }[]): DeleteDocumentOutcome => ({
  __typename: 'DocumentInUseError',
  message: 'An envelope in progress uses this document. Void the envelope, or wait until it is completed, then delete the document.',
  envelopes: uses.map(({ envelopeId }) => ({ id: envelopeId })),
});
