import { defineTemplate } from './define-template.ts';

export const envelopeCompleted = defineTemplate({
  name: 'envelope-completed',
  description: 'Tells the sender and every recipient that all have signed and the document is sealed.',
  variables: ['senderName', 'envelopeTitle', 'signerNames', 'completedAt'],
  subject: 'Signed by all: {{envelopeTitle}}',
  heading: 'Everybody has signed',
  body: `Dear {{addressee}},

“{{envelopeTitle}}”, sent by {{senderName}}, was signed by {{signerNames}} and sealed on {{completedAt}}.

The sealed document proves by itself who signed and that nothing was changed since; any PDF program that checks signatures shows it.`,
});
