import { on } from '@buffrsign/kernel';
import { recipientCompleted, recipientDelivered, recipientSent } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';
import { noteRecipient } from '../use-cases/index.ts';

export const onRecipientSent = on<Work>()(recipientSent, async (tx, { organizationid: organizationId, time, data }) => {
  await noteRecipient(tx, { envelopeId: data.envelopeId, organizationId, recipientId: data.recipientId, what: 'linkSentAt', at: new Date(time) });
});

export const onRecipientDelivered = on<Work>()(recipientDelivered, async (tx, { organizationid: organizationId, data }) => {
  await noteRecipient(tx, { envelopeId: data.envelopeId, organizationId, recipientId: data.recipientId, what: 'openedAt', at: new Date(data.deliveredAt) });
});

export const onRecipientCompleted = on<Work>()(recipientCompleted, async (tx, { organizationid: organizationId, data }) => {
  await noteRecipient(tx, { envelopeId: data.envelopeId, organizationId, recipientId: data.recipientId, what: 'signedAt', at: new Date(data.completedAt) });
});
