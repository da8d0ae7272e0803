import { envelopeCompleted as when } from '@buffrsign/signatures/events';
import { readable } from '../domain/moment.ts';
import { defineNotice } from './define-notice.ts';
import { member, nameOf, peopleAt } from './people.ts';

export const envelopeCompleted = defineNotice({
  kind: 'ENVELOPE_COMPLETED',
  when,
  priority: 'MEDIUM',
  channels: ['IN_APP', 'EMAIL'],
  template: 'envelope-completed',
  audience: async (work, { organizationid, data }) => [...(await member(work, organizationid, data.senderId)), ...(await peopleAt(work, organizationid, data.recipients))],
  async content(work, { organizationid, data }) {
    const { title, recipients, senderId, completedAt, envelopeId, documentId } = data;
    const senderName = await nameOf(work, organizationid, senderId);
    const signerNames = new Intl.ListFormat('en').format(recipients.map(({ name }) => name));
    return {
      text: `“${title}” was signed by everybody and sealed.`,
      variables: { senderName, envelopeTitle: title, signerNames, completedAt: readable(completedAt) },
      envelopeId,
      documentId,
    };
  },
});
