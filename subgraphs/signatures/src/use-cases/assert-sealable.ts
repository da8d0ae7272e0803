import { Problem } from '@buffrsign/kernel';
import type { DocumentCopy, Envelope, Recipient } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { SealingFailure, type SealingObstacle } from '../sealing/engine.ts';
import { fieldsToSign } from './sealing/document-plan.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface SealingUnavailable {
  readonly __typename: 'SealingUnavailableError';
  readonly message: string;
  readonly reason: Exclude<SealingObstacle, 'DOCUMENT_UNUSABLE'>;
}
export interface DocumentNotSignable {
  readonly __typename: 'DocumentNotSignableError';
  readonly message: string;
}

const refusalOf = (error: unknown): SealingUnavailable | DocumentNotSignable => {
  if (!(error instanceof SealingFailure)) throw new Problem('UNAVAILABLE', { message: 'Documents cannot be sealed right now, so nothing can be sent. Try again shortly.', pvt: { err: error }, cause: error });
  const { obstacle, message } = error;
  return obstacle === 'DOCUMENT_UNUSABLE' ? { __typename: 'DocumentNotSignableError', message } : { __typename: 'SealingUnavailableError', message: `${message} So nothing can be sent now.`, reason: obstacle };
};

/** A document that bears signatures takes more of them, or it does not: better known before anybody is asked. */
const assertTakesSignatures = async ({ services, db }: Context, draft: Pick<Envelope, 'id'> & { readonly recipients: readonly Recipient[] }, { organizationId, sha256, signed }: DocumentCopy): Promise<void> => {
  if (!signed || !(await services.files.has(organizationId, sha256))) return;
  await services.engine.assertAppendable(await services.files.readAll(organizationId, sha256), await fieldsToSign(db, draft));
};

/**
 * What would keep a draft from being sealed shows now, not when all have signed: keys, certificates that end before the
 * envelope does, authorities that do not answer. Null when nothing does; whether there is such a draft is not looked at.
 */
export const findObstacle = async (ctx: Context, { id, organizationId }: { readonly id: string; readonly organizationId: string }): Promise<SealingUnavailable | DocumentNotSignable | null> => {
  const draft = await ctx.db.envelope.findFirst({ where: { id, organizationId, state: 'CREATED' }, include: { recipients: { orderBy: [{ routingOrder: 'asc' }, { id: 'asc' }] } } });
  if (!draft) return null;
  const document = await ctx.db.documentCopy.findFirst({ where: { id: draft.documentId, organizationId } });
  try {
    await ctx.services.engine.check({ level: ctx.services.sealLevel, until: new Date(ctx.now().getTime() + draft.expiresInDays * DAY_MS) });
    if (document) await assertTakesSignatures(ctx, draft, document);
    return null;
  } catch (error) {
    return refusalOf(error);
  }
};
