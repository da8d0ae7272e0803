import { defineTemplate } from './define-template.ts';

export const reminder = defineTemplate({
  name: 'reminder',
  description: 'Reminds somebody, by a member’s own hand, of a document that waits for their signature.',
  variables: ['senderName', 'envelopeTitle', 'expiresAt', 'message'],
  subject: 'Reminder: {{envelopeTitle}} waits for your signature',
  heading: 'A document waits for your signature',
  body: `Dear {{addressee}},

“{{envelopeTitle}}” from {{senderName}} still waits for your signature. You can sign until {{expiresAt}}, with the link in the message that asked you to sign.

{{message}}`,
});
