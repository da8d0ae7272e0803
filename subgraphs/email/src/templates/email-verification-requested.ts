import { defineTemplate } from './define-template.ts';

export const emailVerificationRequested = defineTemplate({
  name: 'email-verification-requested',
  description: 'Brings a new user the link that shows that they read mail at their address.',
  variables: ['expiresAt'],
  subject: 'Confirm your e-mail address',
  heading: 'Confirm your e-mail address',
  body: `Dear {{addressee}},

Show that this address is yours: the link works once, until {{expiresAt}}.`,
  action: { label: 'Confirm this address', link: 'emailVerificationLink' },
});
