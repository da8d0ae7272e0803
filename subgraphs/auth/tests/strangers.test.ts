import { type Actor, newId } from '@buffrsign/kernel';
import { aGuest, anonymous } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typeDefs } from '../src/__generated__/typeDefs.ts';
import { startWorld, type Person, type World } from './world.ts';

/**
 * Every root field, with what makes it reach for the victim's things. `stranger` says what a stranger with every right of an
 * organization of their own gets: `OWN` when the field can only ever be about oneself,
 * `EMPTY`, a thrown `NOT_FOUND`, or a named refusal.
 */
const fields: Record<string, { readonly ask: string; readonly stranger: 'OWN' | 'EMPTY' | 'NOT_FOUND' | 'REFUSED'; readonly isPublic?: true }> = {
  organization: { ask: '{ organization { id name } }', stranger: 'OWN' },
  me: { ask: '{ me { id name email } }', stranger: 'OWN' },
  viewer: { ask: '{ viewer { user { id } organization { id } membership { id } memberships { organization { id } } } }', stranger: 'OWN' },
  members: { ask: '{ members { edges { node { user { id name email } } } } }', stranger: 'OWN' },
  member: { ask: '{ member(id: "MEMBERSHIP") { id } }', stranger: 'EMPTY' },
  roles: { ask: '{ roles { id name } }', stranger: 'OWN' },
  permissions: { ask: '{ permissions { scope description } }', stranger: 'OWN' },
  invitations: { ask: '{ invitations { edges { node { id email } } } }', stranger: 'OWN' },
  invitationPreview: { ask: '{ invitationPreview(token: "INVITATION") { email } }', stranger: 'EMPTY', isPublic: true },
  sessions: { ask: '{ sessions { edges { node { id } } } }', stranger: 'OWN' },
  updateOrganization: { ask: 'mutation { updateOrganization(input: { name: "Mine now" }) { ... on UpdateOrganizationSuccess { organization { id } } } }', stranger: 'OWN' },
  updateProfile: { ask: 'mutation { updateProfile(input: { name: "Stranger Inc." }) { ... on UpdateProfileSuccess { user { id } } } }', stranger: 'OWN' },
  changeMemberRole: { ask: 'mutation { changeMemberRole(input: { memberId: "MEMBERSHIP", roleId: "MEMBER" }) { __typename } }', stranger: 'NOT_FOUND' },
  suspendMember: { ask: 'mutation { suspendMember(input: { memberId: "MEMBERSHIP" }) { __typename } }', stranger: 'NOT_FOUND' },
  reactivateMember: { ask: 'mutation { reactivateMember(input: { memberId: "MEMBERSHIP" }) { __typename } }', stranger: 'NOT_FOUND' },
  removeMember: { ask: 'mutation { removeMember(input: { memberId: "MEMBERSHIP" }) { __typename } }', stranger: 'NOT_FOUND' },
  createRole: { ask: 'mutation { createRole(input: { name: "R", permissions: ["documents:read"] }) { __typename } }', stranger: 'OWN' },
  updateRole: { ask: 'mutation { updateRole(input: { id: "ROLE", name: "Mine" }) { __typename } }', stranger: 'NOT_FOUND' },
  deleteRole: { ask: 'mutation { deleteRole(input: { id: "ROLE" }) { __typename } }', stranger: 'NOT_FOUND' },
  inviteMember: { ask: 'mutation { inviteMember(input: { email: "x@example.na", roleId: "ROLE", idempotencyKey: "k" }) { __typename } }', stranger: 'REFUSED' },
  revokeInvitation: { ask: 'mutation { revokeInvitation(input: { id: "INVITATION" }) { __typename } }', stranger: 'NOT_FOUND' },
  acceptInvitation: { ask: 'mutation { acceptInvitation(input: { token: "INVITATION", name: "X", password: "seven dunes at dawn" }) { __typename } }', stranger: 'REFUSED', isPublic: true },
  revokeSession: { ask: 'mutation { revokeSession(input: { id: "SESSION" }) { __typename } }', stranger: 'NOT_FOUND' },
  switchOrganization: { ask: 'mutation { switchOrganization(input: { organizationId: "ORGANIZATION", refreshToken: "REFRESH" }) { __typename } }', stranger: 'REFUSED' },
  logout: { ask: 'mutation { logout(input: { refreshToken: "rt_x" }) { __typename } }', stranger: 'OWN', isPublic: true },
  logoutEverywhere: { ask: 'mutation { logoutEverywhere { __typename } }', stranger: 'OWN' },
  register: { ask: 'mutation { register(input: { name: "X", email: "victim@example.na", password: "seven dunes at dawn", organizationName: "X", idempotencyKey: "k" }) { __typename } }', stranger: 'REFUSED', isPublic: true },
  login: { ask: 'mutation { login(input: { email: "victim@example.na", password: "not theirs" }) { __typename } }', stranger: 'REFUSED', isPublic: true },
  refreshSession: { ask: 'mutation { refreshSession(input: { refreshToken: "SESSION" }) { __typename } }', stranger: 'REFUSED', isPublic: true },
  changePassword: { ask: 'mutation { changePassword(input: { currentPassword: "not theirs", newPassword: "ten dunes at noon" }) { __typename } }', stranger: 'REFUSED' },
  requestPasswordReset: { ask: 'mutation { requestPasswordReset(input: { email: "victim@example.na" }) { __typename } }', stranger: 'OWN', isPublic: true },
  resetPassword: { ask: 'mutation { resetPassword(input: { token: "SESSION", newPassword: "ten dunes at noon" }) { __typename } }', stranger: 'REFUSED', isPublic: true },
  requestEmailVerification: { ask: 'mutation { requestEmailVerification { __typename } }', stranger: 'OWN' },
  verifyEmail: { ask: 'mutation { verifyEmail(input: { token: "SESSION" }) { __typename } }', stranger: 'REFUSED', isPublic: true },
};

let world: World;
let victim: Person;
let stranger: Person;
let theirs: Record<string, string>;
beforeAll(async () => {
  world = await startWorld();
  victim = await world.founder('Victim');
  const { role } = await world.act<{ role: { id: string } }>('mutation ($input: CreateRoleInput!) { outcome: createRole(input: $input) { ... on CreateRoleSuccess { role { id } } } }', { name: 'Theirs', permissions: ['documents:read'] }, victim.actor);
  const { invitation } = await world.invite(victim, 'invited@example.na', role.id);
  stranger = await world.founder('Stranger');
  const session = await world.graph.tools.db.session.findFirstOrThrow({ where: { userId: victim.user.id } });
  theirs = { MEMBERSHIP: await world.membershipOf(victim), ROLE: role.id, INVITATION: invitation.id, SESSION: session.id, ORGANIZATION: victim.organization.id };
});
afterAll(() => world.graph.stop());

const ask = (name: string, actor: Actor) => {
  const things: Record<string, string> = { ...theirs, REFRESH: stranger.tokens.refreshToken };
  return world.graph.as(actor)(fields[name]!.ask.replace(/"([A-Z]+)"/g, (text, what: string) => (what in things ? JSON.stringify(things[what]) : text)));
};
const everything = async () => {
  const { db } = world.graph.tools;
  const { organizationId, id } = victim.actor;
  return JSON.stringify([
    await db.organization.findMany({ where: { id: organizationId } }),
    await db.user.findMany({ where: { id } }),
    await db.password.findMany({ where: { userId: id } }),
    await db.membership.findMany({ where: { organizationId } }),
    await db.customRole.findMany({ where: { organizationId } }),
    await db.invitation.findMany({ where: { organizationId } }),
    await db.session.findMany({ where: { userId: id } }),
  ]);
};

test('every root field is in this table, so that none is forgotten', () => {
  const names = typeDefs.definitions.flatMap((node) =>
    (node.kind === 'ObjectTypeDefinition' || node.kind === 'ObjectTypeExtension') && ['Query', 'Mutation', 'Subscription'].includes(node.name.value) ? (node.fields ?? []).map((field) => field.name.value) : [],
  );
  expect(names.sort()).toEqual(Object.keys(fields).sort());
});

describe.each(Object.keys(fields))('%s', (name) => {
  const { stranger: gets, isPublic } = fields[name]!;

  test('gives a stranger nothing of another organization and changes nothing there', async () => {
    const before = await everything();
    const { data, errors } = await ask(name, stranger.actor);
    expect(await everything()).toBe(before);
    const said = JSON.stringify(data ?? {});
    for (const secret of [...Object.values(theirs), victim.user.id, 'victim@example.na', 'Victim']) expect(said).not.toContain(secret);
    if (gets === 'NOT_FOUND') expect(errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    else expect(errors).toBeUndefined();
    if (gets === 'EMPTY') expect(data).toEqual({ [name]: null });
    if (gets === 'REFUSED') expect(said).toMatch(/"\w+Error"/);
  });

  test(isPublic ? 'is open to everybody' : 'is closed to nobody in particular', async () => {
    const { errors } = await ask(name, anonymous);
    if (isPublic) expect(errors).toBeUndefined();
    else expect(errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });

  test('gives a guest of the organization nothing but its name', async () => {
    const before = await everything();
    const guest = aGuest({ id: newId('rcp'), organizationId: victim.actor.organizationId, resourceId: 'env_1', scopes: ['envelope:sign'] });
    const { data, errors } = await ask(name, guest);
    expect(await everything()).toBe(before);
    if (name === 'organization') expect(data).toEqual({ organization: { id: victim.organization.id, name: 'Victim Inc.' } });
    else if (!isPublic && name !== 'permissions') expect(['FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE']).toContain(errors?.[0]?.extensions['code']);
  });
});
