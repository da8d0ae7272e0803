import { on } from '@buffrsign/kernel';
import { envelopeCompleted, envelopeSent } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import { noteCompleted, noteSent } from '../use-cases/index.ts';

const idsOf = (recipients: readonly { readonly recipientId: string }[]): readonly string[] => recipients.map(({ recipientId }) => recipientId);

export const onEnvelopeSent = on<Work>()(envelopeSent, async (tx, { organizationid: organizationId, data }) => {
  await noteSent(tx, { envelopeId: data.envelopeId, organizationId, recipientIds: idsOf(data.recipients), at: new Date(data.sentAt) });
});

export const onEnvelopeCompleted = on<Work>()(envelopeCompleted, async (tx, { organizationid: organizationId, data }) => {
  await noteCompleted(tx, { envelopeId: data.envelopeId, organizationId, recipientIds: idsOf(data.recipients), sha256: data.sha256, at: new Date(data.completedAt) });
});
