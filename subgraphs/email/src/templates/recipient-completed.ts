import { defineTemplate } from './define-template.ts';

export const recipientCompleted = defineTemplate({
  name: 'recipient-completed',
  description: 'Tells the sender that a recipient signed while others have yet to sign.',
  variables: ['recipientName', 'envelopeTitle', 'remaining', 'completedAt'],
  subject: '{{recipientName}} signed: {{envelopeTitle}}',
  heading: '{{recipientName}} signed',
  body: `Dear {{addressee}},

{{recipientName}} signed “{{envelopeTitle}}” on {{completedAt}}.

Signatures still to come: {{remaining}}.`,
});
