import { found, requireUser } from '@buffrsign/kernel';
import type { DocumentAccess } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';

export interface RevokeDocumentAccessOutcome {
  readonly __typename: 'RevokeDocumentAccessSuccess';
  readonly access: DocumentAccess;
}

export const revokeDocumentAccess = async (ctx: Context, { id }: { readonly id: string }): Promise<RevokeDocumentAccessOutcome> => {
  const { id: revokedById, organizationId } = requireUser(ctx.actor);

  return ctx.transaction(async (tx) => {
    await tx.db.documentAccess.updateMany({ where: { id, organizationId, revokedAt: null }, data: { revokedAt: tx.now, revokedById, standingKey: null } });
    const access = found(await tx.db.documentAccess.findFirst({ where: { id, organizationId } }));
    return { __typename: 'RevokeDocumentAccessSuccess', access };
  });
};
