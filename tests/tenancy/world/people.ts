import type { Actor } from '@buffrsign/kernel';
import { askAs } from '../support/ask.ts';
import { actAs, createMaker, type Maker, type MakerOptions } from './maker.ts';

export interface Id {
  readonly id: string;
}

const PASSWORD = 'correct horse battery staple';

interface SignedIn {
  readonly tokens: { readonly accessToken: string; readonly refreshToken: string };
  readonly user: Id;
  readonly organization: Id;
}
const SIGNED_IN = 'tokens { accessToken refreshToken } user { id } organization { id }';

/** Who a token speaks for, as the gateway tells it to the subgraphs. */
export const actorOf = (accessToken: string, resourceId?: string): Actor => {
  const { sub: id, org: organizationId, scope } = JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()) as { sub: string; org: string; scope: string };
  const known = { id, organizationId, scopes: scope.split(' ') };
  return resourceId === undefined ? { kind: 'user', ...known } : { kind: 'guest', ...known, resourceId };
};

/** Founds the organization and signs its owner in. */
export const makeOwner = async (options: MakerOptions) => {
  const { platform, marker, email } = options;
  const input = { name: `Ndapewa ${marker}`, email, password: PASSWORD, organizationName: `Trading ${marker}`, device: `${marker}-inside laptop`, idempotencyKey: 'register' };
  const { tokens, user, organization } = await actAs(askAs(platform.url))<SignedIn>('register', input, SIGNED_IN);
  return { maker: createMaker(options, tokens.accessToken), ...tokens, actor: actorOf(tokens.accessToken), email, password: PASSWORD, userId: user.id, organizationId: organization.id };
};

/** Roles, invitations, a second member, sessions. */
export const makePeople = async ({ act, read, platform, mailbox, marker, inner }: Maker) => {
  const { role } = await act<{ role: Id }>('createRole', { name: 'Clerk', description: `For ${inner}`, permissions: ['documents:read'] }, 'role { id }');
  const email = `member@${marker}.example.na`;
  await act('inviteMember', { email, idempotencyKey: 'invite-member' }, 'invitation { id }');
  const { invitation } = await act<{ invitation: Id }>('inviteMember', { email: `invited@${inner}.example.na`, roleId: role.id, idempotencyKey: 'invite-other' }, 'invitation { id }');
  const mail = await mailbox.receive(email, ({ text }) => text?.includes('/invitations/') ?? false);
  const token = /\/invitations\/([\w-]+)/.exec(mail.text ?? '')![1]!;
  const joined = await actAs(askAs(platform.url))<SignedIn>('acceptInvitation', { token, name: `Tangeni ${marker}`, password: PASSWORD }, SIGNED_IN);
  await act('updateNotificationPreferences', { preferences: [{ kind: 'ENVELOPE_EXPIRED', channel: 'EMAIL', isEnabled: false }] }, 'preferences { kind }');
  type Read = { viewer: { membership: Id }; sessions: { edges: { node: Id }[] }; members: { edges: { node: Id & { user: Id } }[] } };
  const { viewer, sessions, members } = await read<Read>('{ viewer { membership { id } } sessions { edges { node { id } } } members { edges { node { id user { id } } } } }');
  return {
    roleId: role.id,
    invitationId: invitation.id,
    otherUserId: joined.user.id,
    ownMembershipId: viewer.membership.id,
    membershipId: members.edges.find(({ node }) => node.user.id === joined.user.id)!.node.id,
    sessionId: sessions.edges[0]!.node.id,
  };
};
