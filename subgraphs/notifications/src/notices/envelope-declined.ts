import { envelopeDeclined as when } from '@buffrsign/signatures/events';
import { readable } from '../domain/moment.ts';
import { defineNotice } from './define-notice.ts';
import { member } from './people.ts';

export const envelopeDeclined = defineNotice({
  kind: 'ENVELOPE_DECLINED',
  when,
  priority: 'HIGH',
  channels: ['IN_APP', 'EMAIL'],
  template: 'envelope-declined',
  // The reason was given to the sender; the other recipients see at their link that it is over.
  audience: (work, { organizationid, data }) => member(work, organizationid, data.senderId),
  async content(_work, { data }) {
    const { title, recipients, declinedBy, reason, declinedAt, envelopeId, documentId } = data;
    const recipientName = recipients.find(({ recipientId }) => recipientId === declinedBy)?.name ?? 'A recipient';
    return {
      text: `${recipientName} declined to sign “${title}”.`,
      variables: { recipientName, envelopeTitle: title, reason, declinedAt: readable(declinedAt) },
      envelopeId,
      documentId,
    };
  },
});
