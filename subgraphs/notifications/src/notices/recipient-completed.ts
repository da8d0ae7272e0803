import { recipientCompleted as when } from '@buffrsign/signatures/events';
import { readable } from '../domain/moment.ts';
import { defineNotice } from './define-notice.ts';
import { member } from './people.ts';

export const recipientCompleted = defineNotice({
  kind: 'RECIPIENT_COMPLETED',
  when,
  priority: 'LOW',
  channels: ['IN_APP', 'EMAIL'],
  template: 'recipient-completed',
  async audience(work, { organizationid, data }) {
    // The completion notice says it better.
    if (data.remaining === 0) return null;
    return member(work, organizationid, data.senderId);
  },
  async content(_work, { data }) {
    const { name, title, remaining, completedAt, envelopeId, documentId } = data;
    return {
      text: `${name} signed “${title}”. Signatures still to come: ${remaining}.`,
      variables: { recipientName: name, envelopeTitle: title, remaining: String(remaining), completedAt: readable(completedAt) },
      envelopeId,
      documentId,
    };
  },
});
