import { envelopeVoided as when } from '@buffrsign/signatures/events';
import { readable } from '../domain/moment.ts';
import { askedOf } from './asked.ts';
import { defineNotice } from './define-notice.ts';
import { member, nameOf } from './people.ts';

export const envelopeExpired = defineNotice({
  kind: 'ENVELOPE_EXPIRED',
  when,
  priority: 'HIGH',
  channels: ['IN_APP', 'EMAIL'],
  template: 'envelope-expired',
  async audience(work, { organizationid, data }) {
    // Taken back by the sender, who knows: another notice tells the recipients.
    if (!data.expired) return null;
    return [...(await member(work, organizationid, data.senderId)), ...(await askedOf(work, organizationid, data.envelopeId))];
  },
  async content(work, { organizationid, data }) {
    const { title, senderId, voidedAt, envelopeId, documentId } = data;
    return {
      text: `“${title}” was not signed by everybody in time and expired.`,
      variables: { senderName: await nameOf(work, organizationid, senderId), envelopeTitle: title, voidedAt: readable(voidedAt) },
      envelopeId,
      documentId,
    };
  },
});
