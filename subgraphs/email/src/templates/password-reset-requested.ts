import { defineTemplate } from './define-template.ts';

export const passwordResetRequested = defineTemplate({
  name: 'password-reset-requested',
  description: 'Brings somebody who forgot their password the link with which they set a new one.',
  variables: ['expiresAt'],
  subject: 'Set a new password',
  heading: 'Set a new password',
  body: `Dear {{addressee}},

Somebody, most likely you, asked to set a new password for your BuffrSign account. The link works once, until {{expiresAt}}.

If it was not you, leave this message: your password stays as it is.`,
  action: { label: 'Set a new password', link: 'passwordResetLink' },
});
