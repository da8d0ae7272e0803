import { passwordResetRequested as when } from '@buffrsign/auth/events';
import { readable } from '../domain/moment.ts';
import { defineNotice } from './define-notice.ts';

export const passwordResetRequested = defineNotice({
  kind: 'PASSWORD_RESET_REQUESTED',
  when,
  priority: 'HIGH',
  channels: ['EMAIL'],
  mandatory: ['EMAIL'],
  template: 'password-reset-requested',
  audience: async (_work, { data: { name, email, userId } }) => [{ name, email, userId }],
  async content({ services }, { data: { expiresAt, sealedToken } }) {
    return {
      text: 'You asked to set a new password.',
      variables: { expiresAt: readable(expiresAt) },
      links: { passwordResetLink: services.linkTo.passwordReset(services.open(sealedToken)) },
    };
  },
});
