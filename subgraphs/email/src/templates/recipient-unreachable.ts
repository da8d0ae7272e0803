import { defineTemplate } from './define-template.ts';

export const recipientUnreachable = defineTemplate({
  name: 'recipient-unreachable',
  description: 'Tells the sender that the request to sign could not be delivered to a recipient.',
  variables: ['recipientName', 'recipientEmail', 'envelopeTitle', 'reason'],
  subject: '{{recipientName}} cannot be reached: {{envelopeTitle}}',
  heading: '{{recipientName}} was not reached',
  body: `Dear {{addressee}},

The request to sign “{{envelopeTitle}}” could not be delivered to {{recipientName}} at {{recipientEmail}}. Check the address.

What their mail server said:
{{reason}}`,
});
