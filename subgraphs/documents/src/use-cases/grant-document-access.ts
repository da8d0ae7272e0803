import { found, requireUser } from '@buffrsign/kernel';
import type { Document, DocumentAccess } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { documentAccessGranted } from '../events.ts';
import { giveAccess, standingKeyOf } from './give-access.ts';

export type GrantDocumentAccessOutcome =
  | { readonly __typename: 'GrantDocumentAccessSuccess'; readonly access: DocumentAccess }
  | { readonly __typename: 'DocumentUnavailableError'; readonly message: string; readonly document: Document }
  | { readonly __typename: 'RecipientNotReachableError'; readonly message: string };

interface Input {
  readonly documentId: string;
  readonly envelopeId: string;
  readonly recipientId: string;
}

export const grantDocumentAccess = async (ctx: Context, { documentId, envelopeId, recipientId }: Input): Promise<GrantDocumentAccessOutcome> => {
  const { id: grantedById, organizationId } = requireUser(ctx.actor);

  return ctx.transaction(async (tx) => {
    const document = found(await tx.db.document.findFirst({ where: { id: documentId, organizationId } }));
    if (document.state !== 'READY') return notReady(document);
    // Held, so that an envelope that is voided at this moment ends this access as well.
    await tx.sql.$queryRaw`select 1 as held from "EnvelopeUse" where "envelopeId" = ${envelopeId} for share`;
    const use = await tx.db.envelopeUse.findFirst({ where: { envelopeId, organizationId, state: { in: ['IN_PROGRESS', 'COMPLETED'] }, recipientIds: { has: recipientId } } });
    if (!use) return notReachable;
    const given = await giveAccess(tx, [{ organizationId, documentId, envelopeId, recipientId, grantedById }]);
    const access = await tx.db.documentAccess.findUniqueOrThrow({ where: { standingKey: standingKeyOf({ documentId, recipientId }) } });
    if (given > 0) await tx.publish(documentAccessGranted, { subject: documentId, organizationId }, { documentId, accessId: access.id, envelopeId, recipientId, grantedById });
    return { __typename: 'GrantDocumentAccessSuccess', access };
  });
};

const notReady = (document: Document): GrantDocumentAccessOutcome => ({
  __typename: 'DocumentUnavailableError',
  message: 'This document cannot be read. Choose one that is ready.',
  document,
});

const notReachable: GrantDocumentAccessOutcome = {
  __typename: 'RecipientNotReachableError',
  message: 'No envelope of your organization that is in progress or completed has this recipient. Send the envelope first.',
};
