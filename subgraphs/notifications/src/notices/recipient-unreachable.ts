import { emailBounced, emailFailed } from '@buffrsign/email/events';
import type { Work } from '../context.ts';
import { defineNotice } from './define-notice.ts';
import { member } from './people.ts';

/** The recipient whose request to sign a delivery carried; null for any other mail. */
const askedBy = async (work: Work, deliveryId: string | null) => {
  if (deliveryId === null) return null;
  const delivery = await work.db.delivery.findUnique({ where: { id: deliveryId }, include: { notification: true } });
  if (delivery?.notification.kind !== 'SIGNATURE_REQUESTED' || !delivery.notification.recipientId) return null;
  return work.db.askedRecipient.findUnique({ where: { recipientId: delivery.notification.recipientId } });
};

// Refused or given up: for the sender it is the same.
export const recipientUnreachable = [emailBounced, emailFailed].map((when) =>
  defineNotice({
    kind: 'RECIPIENT_UNREACHABLE',
    when,
    priority: 'HIGH',
    channels: ['IN_APP', 'EMAIL'],
    template: 'recipient-unreachable',
    async audience(work, { organizationid, data }) {
      const asked = await askedBy(work, data.deliveryId);
      // Mails other than requests to sign keep nobody from signing.
      if (!asked) return null;
      return member(work, organizationid, asked.senderId);
    },
    async content(work, { data }) {
      const { name, email, envelopeTitle, envelopeId, documentId } = (await askedBy(work, data.deliveryId))!;
      return {
        text: `The request to sign “${envelopeTitle}” could not be delivered to ${name} at ${email}.`,
        variables: { recipientName: name, recipientEmail: email, envelopeTitle, reason: data.reason },
        envelopeId,
        documentId,
      };
    },
  }),
);
