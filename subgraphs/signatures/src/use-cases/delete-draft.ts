import { requireUser } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { refuseUnlessDraft, type EnvelopeNotDraft } from './envelope-not-draft.ts';
import { lockEnvelope } from './envelope-row.ts';

export type DeleteDraftOutcome = { readonly __typename: 'DeleteDraftSuccess'; readonly deletedId: string } | EnvelopeNotDraft;

/** A draft was seen by nobody but members: it leaves no trace. */
export const deleteDraft = async (ctx: Context, { id }: { readonly id: string }): Promise<DeleteDraftOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  return ctx.transaction(async (tx) => {
    const draft = await lockEnvelope(tx, { id, organizationId });
    const refusal = refuseUnlessDraft(draft);
    if (refusal) return refusal;
    await tx.db.envelope.delete({ where: { id: draft.id, state: 'CREATED' } });
    return { __typename: 'DeleteDraftSuccess', deletedId: draft.id };
  });
};
