import { defineTemplate } from './define-template.ts';

export const envelopeDeclined = defineTemplate({
  name: 'envelope-declined',
  description: 'Tells the sender that a recipient declined to sign, and why.',
  variables: ['recipientName', 'envelopeTitle', 'reason', 'declinedAt'],
  subject: '{{recipientName}} declined to sign: {{envelopeTitle}}',
  heading: '{{recipientName}} declined to sign',
  body: `Dear {{addressee}},

{{recipientName}} declined to sign “{{envelopeTitle}}” on {{declinedAt}}. Nobody is asked to sign it any more.

The reason that they gave:
{{reason}}`,
});
