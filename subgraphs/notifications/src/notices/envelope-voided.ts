import { envelopeVoided as when } from '@buffrsign/signatures/events';
import { readable } from '../domain/moment.ts';
import { askedOf } from './asked.ts';
import { defineNotice } from './define-notice.ts';
import { nameOf } from './people.ts';

export const envelopeVoided = defineNotice({
  kind: 'ENVELOPE_VOIDED',
  when,
  priority: 'MEDIUM',
  channels: ['IN_APP', 'EMAIL'],
  template: 'envelope-voided',
  async audience(work, { organizationid, data }) {
    // An envelope that expired was taken back by nobody: another notice says so.
    if (data.expired) return null;
    return askedOf(work, organizationid, data.envelopeId);
  },
  async content(work, { organizationid, data }) {
    const { title, senderId, reason, voidedAt, envelopeId, documentId } = data;
    const senderName = await nameOf(work, organizationid, senderId);
    return {
      text: `${senderName} took back “${title}”. There is nothing left to sign.`,
      variables: { senderName, envelopeTitle: title, reason, voidedAt: readable(voidedAt) },
      envelopeId,
      documentId,
    };
  },
});
