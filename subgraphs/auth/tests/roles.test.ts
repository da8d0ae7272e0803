import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPermissions } from '../src/domain/permissions.ts';
import { builtInRoles } from '../src/domain/roles.ts';
import { startWorld, type Person, type World } from './world.ts';

let world: World;
let owner: Person;
let clerk: Person;
const CREATE = 'mutation ($input: CreateRoleInput!) { outcome: createRole(input: $input) { __typename ... on CreateRoleSuccess { role { id name permissions isBuiltIn } } ... on RoleExistsError { role { id } } ... on TooManyRolesError { limit } ... on BeyondYourPermissionsError { missing } ... on InvalidInputError { issues { path } } } }';
const UPDATE = 'mutation ($input: UpdateRoleInput!) { outcome: updateRole(input: $input) { __typename ... on UpdateRoleSuccess { role { name description permissions } } ... on BeyondYourPermissionsError { missing } } }';
const DELETE = 'mutation ($input: DeleteRoleInput!) { outcome: deleteRole(input: $input) { __typename ... on RoleInUseError { members invitations } } }';
interface Outcome {
  __typename: string;
  role: { id: string; name: string; permissions: string[] };
  missing: string[];
  issues: { path: string }[];
  members: number;
  invitations: number;
}
const does = (who: Person, query: string, input: object) => world.act<Outcome>(query, input, who.actor);

beforeAll(async () => {
  world = await startWorld();
  owner = await world.founder('Owner');
  // Somebody who may make roles and invite, and little else: the one who would like to have more.
  const { role } = await does(owner, CREATE, { name: 'Personnel', permissions: ['roles:read', 'roles:write', 'members:read', 'members:write', 'documents:read'] });
  clerk = await world.member(owner, 'Clerk', role.id);
});
afterAll(() => world.graph.stop());

describe('a role of an organization', () => {
  test('gives its members exactly its permissions as scopes', async () => {
    expect([...clerk.actor.scopes].sort()).toEqual(['documents:read', 'members:read', 'members:write', 'roles:read', 'roles:write']);
    expect(clerk.organization.roleId).toMatch(/^rol_/);
  });

  test('has known permissions, at least one, and a name of its own in any case', async () => {
    expect((await does(owner, CREATE, { name: 'Empty', permissions: [] })).issues).toEqual([{ path: 'permissions' }]);
    expect((await does(owner, CREATE, { name: 'Odd', permissions: ['documents:read', 'everything:write'] })).issues).toEqual([{ path: 'permissions.1' }]);
    expect((await does(owner, CREATE, { name: 'PERSONNEL', permissions: ['documents:read'] })).__typename).toBe('RoleExistsError');
    expect(await does(owner, CREATE, { name: 'owner', permissions: ['documents:read'] })).toEqual({ __typename: 'RoleExistsError', role: { id: 'OWNER' } });
  });

  test('is made once when two make it at the same moment', async () => {
    const outcomes = await Promise.all([1, 2].map(() => does(owner, CREATE, { name: 'Twice', permissions: ['documents:read'] })));
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['CreateRoleSuccess', 'RoleExistsError']);
  });

  test('cannot hold, or be stripped of, what its maker does not hold', async () => {
    expect((await does(clerk, CREATE, { name: 'More', permissions: ['documents:read', 'envelopes:write'] })).missing).toEqual(['envelopes:write']);
    expect((await does(clerk, UPDATE, { id: clerk.organization.roleId, permissions: [...allPermissions] })).missing).toContain('organization:write');
    const { role } = await does(owner, CREATE, { name: 'Senders', permissions: ['envelopes:write'] });
    expect((await does(clerk, UPDATE, { id: role.id, permissions: ['documents:read'] })).missing).toEqual(['envelopes:write']);
    expect((await does(clerk, DELETE, { id: role.id })).__typename).toBe('BeyondYourPermissionsError');
  });

  test('cannot be given to others by who does not hold all of it', async () => {
    const { role } = await does(owner, CREATE, { name: 'Signers', permissions: ['envelopes:write'] });
    expect((await world.invite(clerk, 'accomplice@example.na', role.id)).__typename).toBe('BeyondYourPermissionsError');
    expect((await world.invite(clerk, 'accomplice@example.na', 'MEMBER')).__typename).toBe('BeyondYourPermissionsError');
    expect((await world.invite(clerk, 'colleague@example.na', clerk.organization.roleId)).__typename).toBe('InviteMemberSuccess');
  });

  test('with every permission is still no owner', async () => {
    const { role } = await does(owner, CREATE, { name: 'Nearly owner', permissions: [...allPermissions] });
    const deputy = await world.member(owner, 'Deputy', role.id);
    expect((await world.invite(deputy, 'another@example.na', 'OWNER')).__typename).toBe('BeyondYourPermissionsError');
  });

  test('takes effect at the next refresh when it changes', async () => {
    const { role } = await does(owner, CREATE, { name: 'Growing', permissions: ['documents:read'] });
    const member = await world.member(owner, 'Grower', role.id);
    const changed = await does(owner, UPDATE, { id: role.id, description: 'Reads and writes.', permissions: ['documents:write', 'documents:read'] });
    expect(changed.role).toEqual({ name: 'Growing', description: 'Reads and writes.', permissions: ['documents:read', 'documents:write'] });
    const next = await world.refresh(member.tokens.refreshToken);
    expect((await world.actorOf(next.tokens.accessToken)).scopes).toEqual(['documents:read', 'documents:write']);
  });

  test('is deleted only when nobody has it or is invited with it', async () => {
    const { role } = await does(owner, CREATE, { name: 'Passing', permissions: ['documents:read'] });
    const member = await world.member(owner, 'Passer', role.id);
    await world.invite(owner, 'next@example.na', role.id);
    expect(await does(owner, DELETE, { id: role.id })).toEqual({ __typename: 'RoleInUseError', members: 1, invitations: 1 });
    await world.graph.tools.db.membership.update({ where: { id: await world.membershipOf(member) }, data: { role: 'MEMBER' } });
    world.pass(8 * 86_400);
    expect(await does(owner, DELETE, { id: role.id })).toEqual({ __typename: 'DeleteRoleSuccess' });
  });

  test('cannot be changed when it is built in', async () => {
    await expect(does(owner, UPDATE, { id: 'MEMBER', permissions: [...allPermissions] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(does(owner, DELETE, { id: 'MEMBER' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is not there for another organization: not to see, change, delete or give', async () => {
    const stranger = await world.founder('Stranger');
    const id = clerk.organization.roleId;
    const { data } = await world.graph.as(stranger.actor)<{ roles: { id: string }[] }>('{ roles { id } }');
    expect(data!.roles.map((role) => role.id)).toEqual(Object.keys(builtInRoles));
    await expect(does(stranger, UPDATE, { id, name: 'Mine' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(does(stranger, DELETE, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await world.invite(stranger, 'mine@example.na', id)).__typename).toBe('RoleNotFoundError');
  });

  test('is one of at most fifty', async () => {
    const { id: organizationId } = (await world.founder('Many')).organization;
    const many = await world.person(await world.login('many@example.na'));
    const at = new Date();
    await world.graph.tools.db.customRole.createMany({ data: Array.from({ length: 50 }, (_, n) => ({ id: `rol_${n}`, organizationId, name: `R${n}`, nameKey: `r${n}`, permissions: ['documents:read'], createdAt: at, updatedAt: at })) });
    expect(await does(many, CREATE, { name: 'One more', permissions: ['documents:read'] })).toEqual({ __typename: 'TooManyRolesError', limit: 50 });
  });
});
