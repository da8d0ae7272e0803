import { newId } from '@buffrsign/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memberChanged, memberLeft } from '../src/events.ts';
import { allPermissions } from '../src/domain/permissions.ts';
import { PASSWORD, startWorld, type Person, type World } from './world.ts';

let world: World;
let owner: Person;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.graph.stop());
// Every test has an organization of its own: what happens to owners stays there.
beforeEach(async () => {
  owner = await world.founder(newId('own').replace('_', ''));
});

const REFUSALS = '... on UserError { message } ... on BeyondYourPermissionsError { missing }';
const of = (success: string) => `${REFUSALS} ... on ${success} { member { id status role { id } suspendedAt leftAt } }`;
const CHANGE = `mutation ($input: ChangeMemberRoleInput!) { outcome: changeMemberRole(input: $input) { __typename ${of('ChangeMemberRoleSuccess')} } }`;
const SUSPEND = `mutation ($input: SuspendMemberInput!) { outcome: suspendMember(input: $input) { __typename ${of('SuspendMemberSuccess')} } }`;
const REACTIVATE = `mutation ($input: ReactivateMemberInput!) { outcome: reactivateMember(input: $input) { __typename ${of('ReactivateMemberSuccess')} } }`;
const REMOVE = `mutation ($input: RemoveMemberInput!) { outcome: removeMember(input: $input) { __typename ${of('RemoveMemberSuccess')} } }`;
interface Outcome {
  __typename: string;
  missing?: string[];
  member: { id: string; status: string; role: { id: string }; suspendedAt: string | null; leftAt: string | null };
}
const does = async (who: Person, query: string, whom: Person, more: object = {}) => world.act<Outcome>(query, { memberId: await world.membershipOf(whom), ...more }, who.actor);
const named = (name: string) => `${name}${newId('x').replace('_', '').slice(0, 16)}`;
const member = (name: string, role: string) => world.member(owner, named(name), role);
const factsAbout = async (who: Person, event: typeof memberChanged | typeof memberLeft) => (await world.graph.said(event)).filter(({ subject }) => subject === who.user.id).map(({ data }) => data);

describe('a member', () => {
  test('gets another role, and the others are told', async () => {
    const someone = await member('someone', 'MEMBER');
    const outcome = await does(owner, CHANGE, someone, { roleId: 'MANAGER' });
    expect(outcome).toMatchObject({ __typename: 'ChangeMemberRoleSuccess', member: { role: { id: 'MANAGER' } } });
    await does(owner, CHANGE, someone, { roleId: 'MANAGER' });
    expect(await factsAbout(someone, memberChanged)).toEqual([{ userId: someone.user.id, name: someone.user.name, email: someone.user.email, role: 'MANAGER', status: 'ACTIVE' }]);
  });

  test('cannot get a role that the organization does not have', async () => {
    const someone = await member('someone', 'MEMBER');
    expect((await does(owner, CHANGE, someone, { roleId: 'rol_none' })).__typename).toBe('RoleNotFoundError');
  });

  test('who is suspended cannot sign in or refresh, and sees nothing with the token they have', async () => {
    const someone = await member('someone', 'ADMIN');
    expect(await does(owner, SUSPEND, someone)).toMatchObject({ __typename: 'SuspendMemberSuccess', member: { status: 'SUSPENDED', suspendedAt: expect.any(String) } });
    expect((await world.refresh(someone.tokens.refreshToken)).__typename).toBe('SessionEndedError');
    expect((await world.login(someone.user.email)).__typename).toBe('NoActiveMembershipError');
    const seen = await world.graph.as(someone.actor)('query ($id: ID!) { members { edges { cursor } } invitations { edges { cursor } } member(id: $id) { id } }', { id: await world.membershipOf(owner) });
    expect(seen).toEqual({ data: { members: { edges: [] }, invitations: { edges: [] }, member: null } });
    await expect(does(someone, REACTIVATE, someone)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await factsAbout(someone, memberChanged)).toMatchObject([{ status: 'SUSPENDED' }]);
  });

  test('whose suspension is lifted signs in again', async () => {
    const someone = await member('someone', 'MEMBER');
    await does(owner, SUSPEND, someone);
    expect(await does(owner, REACTIVATE, someone)).toMatchObject({ __typename: 'ReactivateMemberSuccess', member: { status: 'ACTIVE', suspendedAt: null } });
    expect((await world.login(someone.user.email)).__typename).toBe('LoginSuccess');
  });

  test('who is removed keeps their name on what they did, and comes back by an invitation only', async () => {
    const someone = await member('someone', 'MEMBER');
    expect(await does(owner, REMOVE, someone)).toMatchObject({ __typename: 'RemoveMemberSuccess', member: { status: 'INACTIVE', leftAt: expect.any(String) } });
    expect(await factsAbout(someone, memberLeft)).toEqual([{ userId: someone.user.id }]);
    expect((await does(owner, REACTIVATE, someone)).__typename).toBe('MemberNotActiveError');
    expect((await does(owner, CHANGE, someone, { roleId: 'ADMIN' })).__typename).toBe('MemberNotActiveError');
    expect((await world.login(someone.user.email)).__typename).toBe('NoActiveMembershipError');
    const ask = '{ _entities(representations: [{ __typename: "User", id: "ID" }]) { ... on User { name } } }'.replace('ID', someone.user.id);
    expect((await world.graph.as(owner.actor)(ask)).data).toEqual({ _entities: [{ name: someone.user.name }] });
    await world.invite(owner, someone.user.email, 'MANAGER');
    const back = await world.accept(someone.user.email);
    expect(back).toMatchObject({ __typename: 'AcceptInvitationSuccess', organization: { roleId: 'MANAGER' } });
  });

  test('may leave by themself without a right over others', async () => {
    const someone = await member('someone', 'MEMBER');
    expect((await does(someone, REMOVE, someone)).__typename).toBe('RemoveMemberSuccess');
    const other = await member('other', 'MEMBER');
    const third = await member('third', 'MEMBER');
    await expect(does(other, REMOVE, third)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the last owner', () => {
  test('can be neither removed, suspended nor given another role, by nobody', async () => {
    expect((await does(owner, REMOVE, owner)).__typename).toBe('LastOwnerError');
    expect((await does(owner, SUSPEND, owner)).__typename).toBe('LastOwnerError');
    expect((await does(owner, CHANGE, owner, { roleId: 'ADMIN' })).__typename).toBe('LastOwnerError');
    expect((await world.login(owner.user.email)).organization.roleId).toBe('OWNER');
  });

  test('is not the last when another is active, and is when that one is suspended', async () => {
    const second = await member('second', 'OWNER');
    expect((await does(owner, SUSPEND, second)).__typename).toBe('SuspendMemberSuccess');
    expect((await does(owner, REMOVE, owner)).__typename).toBe('LastOwnerError');
    await does(owner, REACTIVATE, second);
    expect((await does(owner, REMOVE, owner)).__typename).toBe('RemoveMemberSuccess');
  });

  test('stays when two owners step down at the same moment', async () => {
    const second = await member('second', 'OWNER');
    const outcomes = await Promise.all([does(owner, CHANGE, owner, { roleId: 'MEMBER' }), does(second, CHANGE, second, { roleId: 'MEMBER' })]);
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['ChangeMemberRoleSuccess', 'LastOwnerError']);
  });

  test('stays when two owners remove each other at the same moment', async () => {
    const second = await member('second', 'OWNER');
    const outcomes = await Promise.allSettled([does(owner, REMOVE, second), does(second, REMOVE, owner)]);
    // Whoever comes second is no member any more.
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { organizationId } = owner.actor;
    expect(await world.graph.tools.db.membership.count({ where: { organizationId, role: 'OWNER', status: 'ACTIVE' } })).toBe(1);
  });
});

describe('an attacker inside', () => {
  test('cannot give themself a role with rights that they do not hold', async () => {
    const admin = await member('admin', 'ADMIN');
    const outcome = await does(admin, CHANGE, admin, { roleId: 'OWNER' });
    expect(outcome).toMatchObject({ __typename: 'BeyondYourPermissionsError', missing: ['organization:write'] });
  });

  test('cannot touch somebody who holds more', async () => {
    const admin = await member('admin', 'ADMIN');
    await member('second', 'OWNER');
    for (const [query, more] of [[REMOVE, {}], [SUSPEND, {}], [CHANGE, { roleId: 'MEMBER' }]] as const) {
      expect((await does(admin, query, owner, more)).__typename).toBe('BeyondYourPermissionsError');
    }
  });

  test('cannot use a scope that the token has and the role no longer', async () => {
    const admin = await member('admin', 'ADMIN');
    const victim = await member('victim', 'MEMBER');
    await does(owner, CHANGE, admin, { roleId: 'MEMBER' });
    expect(admin.actor.scopes).toContain('members:write');
    await expect(does(admin, SUSPEND, victim)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('cannot use a right of the role that the token was not issued for', async () => {
    const victim = await member('victim', 'MEMBER');
    const narrow = { ...owner, actor: { ...owner.actor, scopes: ['documents:read'] } };
    await expect(does(narrow, REMOVE, victim)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('cannot come back by an invitation that they sent before they were removed', async () => {
    const admin = await member('admin', 'ADMIN');
    const friend = `${named('friend')}@example.na`;
    await world.invite(admin, friend, 'ADMIN');
    await does(owner, REMOVE, admin);
    expect((await world.accept(friend)).__typename).toBe('InvitationNotOpenError');
  });

  test('cannot come back from a suspension by an invitation', async () => {
    const someone = await member('someone', 'MEMBER');
    await does(owner, SUSPEND, someone);
    await world.graph.tools.db.invitation.updateMany({ where: { email: someone.user.email }, data: { status: 'PENDING', acceptedAt: null } });
    expect((await world.accept(someone.user.email)).__typename).toBe('InvitationNotOpenError');
    expect((await world.login(someone.user.email)).__typename).toBe('NoActiveMembershipError');
  });

  test('of another organization finds no member there, with every scope', async () => {
    const stranger = await world.founder(named('stranger'));
    const victim = await member('victim', 'MEMBER');
    expect(stranger.actor.scopes).toEqual(allPermissions);
    for (const query of [REMOVE, SUSPEND, REACTIVATE]) await expect(does(stranger, query, victim)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(does(stranger, CHANGE, victim, { roleId: 'MEMBER' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await world.login(victim.user.email, PASSWORD)).organization.id).toBe(owner.organization.id);
  });
});

describe('the list of members', () => {
  test('has those who are there, page by page, and those who left when asked', async () => {
    const [one, two] = [await member('one', 'MEMBER'), await member('two', 'MEMBER')];
    await does(owner, REMOVE, one);
    const list = async (args: string) =>
      (await world.graph.as(owner.actor)<{ members: { edges: { node: { user: { name: string } } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(`{ members(${args}) { edges { node { user { name } } } pageInfo { endCursor hasNextPage } } }`)).data!.members;
    const names = (page: Awaited<ReturnType<typeof list>>) => page.edges.map(({ node }) => node.user.name);
    const first = await list('first: 1');
    expect([names(first), first.pageInfo.hasNextPage]).toEqual([[two.user.name], true]);
    expect(names(await list(`first: 5, after: "${first.pageInfo.endCursor}"`))).toEqual([owner.user.name]);
    expect(names(await list('status: INACTIVE'))).toEqual([one.user.name]);
  });
});

describe('a profile', () => {
  test('that changes its name is told to every organization', async () => {
    const someone = await member('someone', 'MEMBER');
    const outcome = await world.act<{ user: { name: string } }>('mutation ($input: UpdateProfileInput!) { outcome: updateProfile(input: $input) { ... on UpdateProfileSuccess { user { name } } } }', { name: '  New Name ' }, someone.actor);
    expect(outcome.user.name).toBe('New Name');
    expect(await factsAbout(someone, memberChanged)).toMatchObject([{ name: 'New Name', role: 'MEMBER', status: 'ACTIVE' }]);
  });
});
