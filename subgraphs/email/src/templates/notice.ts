import { defineTemplate } from './define-template.ts';

export const notice = defineTemplate({
  name: 'notice',
  description: 'A short message that a member sends by hand.',
  variables: ['subject', 'message', 'senderName'],
  subject: '{{subject}}',
  heading: '{{subject}}',
  body: `Dear {{addressee}},

{{message}}

{{senderName}}`,
});
