import { common, nothing, openly, own, unseen, type Table } from './probe.ts';

const password = 'another horse, another battery';
/** Of the form of a secret that was never given out. */
const none = 'A'.repeat(43);

export const auth: Table = {
  'Query.invitationPreview': openly(nothing(() => ({ token: `inv_${none}` }))),
  'Query.invitations': own(),
  'Query.me': own(),
  'Query.member': nothing(({ membershipId: id }) => ({ id })),
  'Query.members': own(),
  'Query.organization': own(),
  'Query.permissions': common(),
  'Query.roles': own(),
  'Query.sessions': own(),
  'Query.viewer': own(),
  'Mutation.login': [
    openly(nothing(({ email }) => ({ input: { email, password } }), 'InvalidCredentialsError')),
    openly(nothing(({ organizationId }, { email, password: right }) => ({ input: { email, password: right, organizationId } }), 'NoActiveMembershipError')),
  ],
  'Mutation.register': openly(nothing(({ email }) => ({ input: { name: 'Ndapewa', email, password, organizationName: 'Other', idempotencyKey: 'probe' } }), 'EmailTakenError')),
  'Mutation.refreshSession': openly(nothing(() => ({ input: { refreshToken: `rt_${none}` } }), 'SessionEndedError')),
  'Mutation.logout': openly(common(() => ({ input: { refreshToken: `rt_${none}` } }))),
  'Mutation.acceptInvitation': openly(nothing(() => ({ input: { token: `inv_${none}`, name: 'Selma', password } }), 'InvitationNotOpenError')),
  'Mutation.requestPasswordReset': openly(common((_theirs, { email }) => ({ input: { email } }))),
  'Mutation.resetPassword': openly(nothing(() => ({ input: { token: `pwr_${none}`, newPassword: password } }), 'LinkNotValidError')),
  'Mutation.verifyEmail': openly(nothing(() => ({ input: { token: `emv_${none}` } }), 'LinkNotValidError')),
  'Mutation.requestEmailVerification': common(),
  'Mutation.updateOrganization': own((_theirs, { marker }) => ({ input: { name: `Trading again ${marker}` } })),
  'Mutation.updateProfile': own((_theirs, { marker }) => ({ input: { name: `Ndapewa again ${marker}` } })),
  'Mutation.createRole': own(() => ({ input: { name: 'Typist', permissions: ['documents:read'] } })),
  'Mutation.updateRole': nothing(({ roleId: id }) => ({ input: { id, description: 'Nobody' } })),
  'Mutation.inviteMember': [
    own(() => ({ input: { email: 'somebody@example.na', idempotencyKey: 'probe' } })),
    nothing(({ roleId }) => ({ input: { email: 'somebody.else@example.na', roleId, idempotencyKey: 'probe else' } }), 'RoleNotFoundError'),
  ],
  'Mutation.revokeInvitation': nothing(({ invitationId: id }) => ({ input: { id } })),
  'Mutation.changeMemberRole': [
    nothing(({ membershipId: memberId }) => ({ input: { memberId, roleId: 'MANAGER' } })),
    nothing(({ roleId }, { membershipId: memberId }) => ({ input: { memberId, roleId } }), 'RoleNotFoundError'),
  ],
  'Mutation.suspendMember': nothing(({ membershipId: memberId }) => ({ input: { memberId } })),
  'Mutation.reactivateMember': nothing(({ membershipId: memberId }) => ({ input: { memberId } })),
  'Mutation.removeMember': nothing(({ membershipId: memberId }) => ({ input: { memberId } })),
  'Mutation.deleteRole': nothing(({ roleId: id }) => ({ input: { id } })),
  'Mutation.switchOrganization': nothing(({ organizationId }, { refreshToken }) => ({ input: { organizationId, refreshToken } }), 'NoActiveMembershipError'),
  'Mutation.revokeSession': nothing(({ sessionId: id }) => ({ input: { id } })),
  'Mutation.changePassword': unseen(nothing(() => ({ input: { currentPassword: password, newPassword: password } }), 'InvalidCredentialsError')),
  'Mutation.logoutEverywhere': common(),
};
