import { defineTemplate } from './define-template.ts';

export const signatureRequested = defineTemplate({
  name: 'signature-requested',
  description: 'Asks a recipient to sign, with the link that is theirs alone.',
  variables: ['senderName', 'envelopeTitle', 'message', 'expiresAt'],
  subject: '{{senderName}} asks you to sign: {{envelopeTitle}}',
  heading: 'Please review and sign',
  body: `Dear {{addressee}},

{{senderName}} asks you to review and sign “{{envelopeTitle}}”.

{{message}}

You can sign until {{expiresAt}}.

The link below is yours alone. Whoever has it can sign in your name: do not pass it on.`,
  action: { label: 'Review and sign', link: 'signingLink' },
});
