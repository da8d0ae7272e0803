import { defineTemplate } from './define-template.ts';

export const documentRefused = defineTemplate({
  name: 'document-refused',
  description: 'Tells whoever uploaded a file that it cannot be used, and why.',
  variables: ['documentTitle', 'reason'],
  subject: 'This file cannot be used: {{documentTitle}}',
  heading: 'Your file cannot be used',
  body: `Dear {{addressee}},

The file that you uploaded as “{{documentTitle}}” cannot be used.

{{reason}}`,
});
