import { defineTemplate } from './define-template.ts';

export const memberInvited = defineTemplate({
  name: 'member-invited',
  description: 'Invites somebody to an organization, with the link that accepts.',
  variables: ['organizationName', 'inviterName', 'role', 'expiresAt'],
  subject: '{{inviterName}} invites you to {{organizationName}}',
  heading: 'Join {{organizationName}}',
  body: `Hello,

{{inviterName}} invites you to work with {{organizationName}} on BuffrSign, as {{role}}.

The invitation is for you alone and is open until {{expiresAt}}.`,
  action: { label: 'Accept the invitation', link: 'acceptLink' },
});
