import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

/** Subject: the organization. */
export const organizationCreated = defineEvent({
  name: 'auth.organization-created.v1',
  description: 'An organization was founded.',
  schema: z.object({ organizationId: z.string(), name: z.string() }),
});

/** Subject: the organization. */
export const organizationChanged = defineEvent({
  name: 'auth.organization-changed.v1',
  description: 'An organization is called otherwise.',
  schema: z.object({ organizationId: z.string(), name: z.string() }),
});

/** Subject: the user. Said once for each organization that the user belongs to. `role` is `OWNER`, `ADMIN`, `MANAGER`, `MEMBER` or the id of a role of the organization, `rol_…`. */
export const memberJoined = defineEvent({
  name: 'auth.member-joined.v1',
  description: 'A user became a member of an organization, by founding it or by an invitation.',
  schema: z.object({ userId: z.string(), name: z.string(), email: z.string(), role: z.string() }),
});

/** Subject: the user. `role` as in `memberJoined`. */
export const memberChanged = defineEvent({
  name: 'auth.member-changed.v1',
  description: 'A member has another role, name or address, or was suspended.',
  schema: z.object({ userId: z.string(), name: z.string(), email: z.string(), role: z.string(), status: z.enum(['ACTIVE', 'SUSPENDED']) }),
});

/** Subject: the user. */
export const memberLeft = defineEvent({
  name: 'auth.member-left.v1',
  description: 'A user is no longer a member of an organization.',
  schema: z.object({ userId: z.string() }),
});

/** Subject: the invitation. `role` and `invitedBy` are names, for people to read. `sealedToken` opens with the platform's data key; the readable token stands nowhere. */
export const memberInvited = defineEvent({
  name: 'auth.member-invited.v1',
  description: 'Somebody was invited to an organization by e-mail.',
  schema: z.object({ invitationId: z.string(), email: z.string(), role: z.string(), organizationName: z.string(), invitedBy: z.string(), sealedToken: z.string(), expiresAt: z.iso.datetime() }),
});

const letter = z.object({ userId: z.string(), name: z.string(), email: z.string(), sealedToken: z.string(), expiresAt: z.iso.datetime() });

/** Subject: the user; the organization is the one that they joined first. `sealedToken` as in `memberInvited`; it is for `resetPassword`. */
export const passwordResetRequested = defineEvent({
  name: 'auth.password-reset-requested.v1',
  description: 'Somebody asked for a link with which the password of an account can be set.',
  schema: letter,
});

/** Subject: the user; the organization is the one that they joined first. `sealedToken` as in `memberInvited`; it is for `verifyEmail`. */
export const emailVerificationRequested = defineEvent({
  name: 'auth.email-verification-requested.v1',
  description: 'A user is to show by a link that they read mail at their address.',
  schema: letter,
});
