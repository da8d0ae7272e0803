import { found, requireUser } from '@buffrsign/kernel';
import type { DocumentAccess } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { documentAccessRevoked } from '../events.ts';

export interface RevokeDocumentAccessOutcome {
  readonly __typename: 'RevokeDocumentAccessSuccess';
  readonly access: DocumentAccess;
}

export const revokeDocumentAccess = async (ctx: Context, { id }: { readonly id: string }): Promise<RevokeDocumentAccessOutcome> => {
  const { id: revokedById, organizationId } = requireUser(ctx.actor);

  return ctx.transaction(async (tx) => {
    const { count } = await tx.db.documentAccess.updateMany({ where: { id, organizationId, revokedAt: null }, data: { revokedAt: tx.now, revokedById, standingKey: null } });
    const access = found(await tx.db.documentAccess.findFirst({ where: { id, organizationId } }));
    const { documentId, envelopeId, recipientId } = access;
    if (count > 0) await tx.publish(documentAccessRevoked, { subject: documentId, organizationId }, { documentId, accessId: id, envelopeId, recipientId, revokedById });
    return { __typename: 'RevokeDocumentAccessSuccess', access };
  });
};
