import { defineTemplate } from './define-template.ts';

export const envelopeExpired = defineTemplate({
  name: 'envelope-expired',
  description: 'Tells the sender and the recipients who were asked to sign that the time for signing is over.',
  variables: ['senderName', 'envelopeTitle', 'voidedAt'],
  subject: 'Time to sign is over: {{envelopeTitle}}',
  heading: 'The time to sign is over',
  body: `Dear {{addressee}},

“{{envelopeTitle}}”, sent by {{senderName}}, was not signed by everybody in time and expired on {{voidedAt}}. Its signing links no longer work.

To have it signed all the same, it must be sent anew.`,
});
