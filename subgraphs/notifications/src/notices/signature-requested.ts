import { recipientSent } from '@buffrsign/signatures/events';
import { readable } from '../domain/moment.ts';
import { defineNotice } from './define-notice.ts';
import { nameOf, peopleAt } from './people.ts';

export const signatureRequested = defineNotice({
  kind: 'SIGNATURE_REQUESTED',
  when: recipientSent,
  priority: 'HIGH',
  channels: ['IN_APP', 'EMAIL'],
  // Whoever is to sign must have been asked: the mail goes whatever they prefer.
  mandatory: ['EMAIL'],
  template: 'signature-requested',
  audience: (work, { organizationid, data }) => peopleAt(work, organizationid, [data]),
  async content(work, { organizationid, data }) {
    const { envelopeId, documentId, recipientId, title, message, senderId, sealedLink, expiresAt } = data;
    const senderName = await nameOf(work, organizationid, senderId);
    return {
      text: `${senderName} asks you to sign “${title}”.`,
      variables: { senderName, envelopeTitle: title, message: message ?? '', expiresAt: readable(expiresAt) },
      links: { signingLink: work.services.open(sealedLink) },
      envelopeId,
      documentId,
      recipientId,
    };
  },
});
