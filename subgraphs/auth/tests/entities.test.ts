import { aGuest, anonymous } from '@buffrsign/kernel/testing';
import type { Actor } from '@buffrsign/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type Person, type World } from './world.ts';

let world: World;
let owner: Person;
let members: Person[];
let stranger: Person;
let ids: Record<string, string[]>;

const fields: Record<string, string> = { User: 'id name email', Organization: 'id name', Membership: 'id role { id } user { name }', Role: 'id name', Invitation: 'id email invitedBy { name } role { id }', Session: 'id device' };
const ask = async (actor: Actor, type: string, wanted = ids[type]!) => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields[type]} } } }`;
  return world.graph.as(actor)<{ _entities: (Record<string, unknown> | null)[] }>(query, { r: wanted.map((id) => ({ __typename: type, id })) });
};
const answered = async (actor: Actor, type: string) => {
  const { data, errors } = await ask(actor, type);
  return errors ? errors[0]!.extensions['code'] : data!._entities.filter((entity) => entity !== null).length;
};

beforeAll(async () => {
  world = await startWorld();
  owner = await world.founder('Owner');
  const role = await world.act<{ role: { id: string } }>('mutation ($input: CreateRoleInput!) { outcome: createRole(input: $input) { ... on CreateRoleSuccess { role { id } } } }', { name: 'Clerk', permissions: ['documents:read'] }, owner.actor);
  members = [owner, await world.member(owner, 'One', 'MEMBER'), await world.member(owner, 'Two', role.role.id)];
  stranger = await world.founder('Stranger');
  const { invitation } = await world.invite(owner, 'open@example.na', role.role.id);
  const { db } = world.graph.tools;
  const { organizationId } = owner.actor;
  ids = {
    User: members.map(({ user }) => user.id),
    Organization: [organizationId],
    Membership: await Promise.all(members.map(world.membershipOf)),
    Role: [role.role.id],
    Invitation: [invitation.id, ...(await db.invitation.findMany({ where: { organizationId, status: 'ACCEPTED' } })).map(({ id }) => id)],
    Session: (await db.session.findMany({ where: { userId: owner.user.id } })).map(({ id }) => id),
  };
});
afterAll(() => world.graph.stop());

const guest = () => aGuest({ organizationId: owner.actor.organizationId, resourceId: 'env_1', scopes: ['envelope:sign'] });
const guestElsewhere = () => aGuest({ organizationId: stranger.actor.organizationId, resourceId: 'env_2', scopes: ['envelope:sign'] });

describe.each(Object.keys(fields))('a reference to %s', (type) => {
  test('is answered to members of the organization', async () => {
    expect(await answered(owner.actor, type)).toBe(ids[type]!.length);
  });

  test('is not answered to a member of another organization, a guest elsewhere, or nobody', async () => {
    expect(await answered(stranger.actor, type)).toBe(0);
    expect([0, 'FORBIDDEN']).toContain(await answered(guestElsewhere(), type));
    expect(await answered(anonymous, type)).toBe('UNAUTHENTICATED');
  });

  test('is answered to a guest for the organization and the names of its people only', async () => {
    expect(await answered(guest(), type)).toBe(type === 'User' ? members.length : type === 'Organization' ? 1 : 'FORBIDDEN');
  });

  // Whatever hangs on the entity costs one query a kind, not one a row.
  const kinds: Record<string, number> = { User: 1, Organization: 1, Membership: 3, Role: 1, Invitation: 3, Session: 1 };
  test('costs the same queries for one as for many', async () => {
    const wanted = ids[type]!;
    expect(await world.graph.countQueries(() => ask(owner.actor, type, [wanted[0]!, ...wanted, ...wanted]))).toBe(kinds[type]);
  });
});

test('a guest learns a sender’s name, and neither address nor place', async () => {
  const { data } = await world.graph.as(guest())('query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { name email membership { id } } } }', { r: [{ __typename: 'User', id: owner.user.id }] });
  expect(data).toEqual({ _entities: [{ name: 'Owner', email: null, membership: null }] });
});

test('a member sees names and addresses of fellow members, whatever their scopes', async () => {
  const { data } = await ask(members[2]!.actor, 'User');
  expect(data!._entities).toContainEqual({ id: owner.user.id, name: 'Owner', email: 'owner@example.na' });
});

test('a session is seen by nobody but its person, not even by an owner of the organization', async () => {
  const theirs = (await world.graph.tools.db.session.findMany({ where: { userId: members[1]!.user.id } })).map(({ id }) => id);
  const { data } = await ask(owner.actor, 'Session', theirs);
  expect(data!._entities).toEqual([null]);
});

test('a person who was suspended is not answered about colleagues any more, though the token has not ended', async () => {
  const suspended = await world.member(owner, 'Suspended', 'ADMIN');
  await world.graph.tools.db.membership.update({ where: { id: await world.membershipOf(suspended) }, data: { status: 'SUSPENDED' } });
  for (const type of ['User', 'Organization', 'Membership', 'Invitation', 'Role']) expect(await answered(suspended.actor, type)).toBe(0);
});
