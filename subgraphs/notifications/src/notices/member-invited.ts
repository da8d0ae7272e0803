import { memberInvited as when } from '@buffrsign/auth/events';
import { readable } from '../domain/moment.ts';
import { defineNotice } from './define-notice.ts';

export const memberInvited = defineNotice({
  kind: 'MEMBER_INVITED',
  when,
  priority: 'MEDIUM',
  channels: ['EMAIL'],
  mandatory: ['EMAIL'],
  template: 'member-invited',
  // Not a member yet, and nothing but an address is known of them.
  audience: async (_work, { data }) => [{ name: data.email, email: data.email, userId: null }],
  async content({ services }, { data: { organizationName, invitedBy, role, expiresAt, sealedToken } }) {
    return {
      text: `${invitedBy} invites you to ${organizationName}.`,
      variables: { organizationName, inviterName: invitedBy, role, expiresAt: readable(expiresAt) },
      links: { acceptLink: services.linkTo.invitation(services.open(sealedToken)) },
    };
  },
});
