import { emailVerificationRequested as when } from '@buffrsign/auth/events';
import { readable } from '../domain/moment.ts';
import { defineNotice } from './define-notice.ts';

export const emailVerificationRequested = defineNotice({
  kind: 'EMAIL_VERIFICATION_REQUESTED',
  when,
  priority: 'HIGH',
  channels: ['EMAIL'],
  mandatory: ['EMAIL'],
  template: 'email-verification-requested',
  audience: async (_work, { data: { name, email, userId } }) => [{ name, email, userId }],
  async content({ services }, { data: { expiresAt, sealedToken } }) {
    return {
      text: 'Confirm your e-mail address.',
      variables: { expiresAt: readable(expiresAt) },
      links: { emailVerificationLink: services.linkTo.emailVerification(services.open(sealedToken)) },
    };
  },
});
