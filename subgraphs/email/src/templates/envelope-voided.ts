import { defineTemplate } from './define-template.ts';

export const envelopeVoided = defineTemplate({
  name: 'envelope-voided',
  description: 'Tells recipients who were asked to sign that the sender took the envelope back.',
  variables: ['senderName', 'envelopeTitle', 'reason', 'voidedAt'],
  subject: 'No longer to be signed: {{envelopeTitle}}',
  heading: 'This document is no longer to be signed',
  body: `Dear {{addressee}},

{{senderName}} took back “{{envelopeTitle}}” on {{voidedAt}}. There is nothing left for you to do, and your signing link no longer works.

{{reason}}`,
});
