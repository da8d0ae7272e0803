/** How long an invitation can be accepted. */
const INVITATION_DAYS = 7;

export const invitationExpiry = (now: Date): Date => new Date(now.getTime() + INVITATION_DAYS * 86_400_000);

interface Invited {
  readonly status: 'PENDING' | 'ACCEPTED' | 'REVOKED';
  readonly expiresAt: Date;
}

/** What has become of an invitation: that its time ran out is nobody's act, so nobody writes it down. */
export const statusOf = ({ status, expiresAt }: Invited, now: Date): Invited['status'] | 'EXPIRED' => (status === 'PENDING' && expiresAt <= now ? 'EXPIRED' : status);

export const isOpen = (invited: Invited, now: Date): boolean => statusOf(invited, now) === 'PENDING';

export interface InvitationNotOpen {
  readonly __typename: 'InvitationNotOpenError';
  readonly message: string;
}

export const invitationNotOpen: InvitationNotOpen = {
  __typename: 'InvitationNotOpenError',
  message: 'This invitation was accepted already, was taken back, or ran out. If you accepted it, sign in; otherwise ask for a new one.',
};
