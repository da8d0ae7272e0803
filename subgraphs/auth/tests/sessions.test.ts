import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, REFRESH, startWorld, type Person, type World } from './world.ts';

let world: World;
let owner: Person;
beforeAll(async () => {
  world = await startWorld();
  owner = await world.founder('Owner');
});
afterAll(() => world.graph.stop());

const signIn = () => world.login('owner@example.na', PASSWORD, { device: 'Test' });
const LOGOUT = 'mutation ($input: LogoutInput!) { outcome: logout(input: $input) { __typename } }';
const SWITCH = 'mutation ($input: SwitchOrganizationInput!) { outcome: switchOrganization(input: $input) { __typename ... on SwitchOrganizationSuccess { tokens { accessToken refreshToken } organization { id name roleId } } } }';
const SESSIONS = '{ sessions(first: 100) { edges { node { id device organization { name } } } } }';
interface Sessions {
  sessions: { edges: { node: { id: string; device: string | null } }[] };
}
const sessionsOf = async (person: Person) => (await world.graph.as(person.actor)<Sessions>(SESSIONS)).data!.sessions.edges.map(({ node }) => node);

describe('a refresh token', () => {
  test('is exchanged for new tokens of the same person, with the rights that they have now', async () => {
    const member = await world.member(owner, 'Promoted', 'MEMBER');
    const change = 'mutation ($input: ChangeMemberRoleInput!) { outcome: changeMemberRole(input: $input) { __typename } }';
    await world.act(change, { memberId: await world.membershipOf(member), roleId: 'MANAGER' }, owner.actor);
    const next = await world.refresh(member.tokens.refreshToken);
    const actor = await world.actorOf(next.tokens.accessToken);
    expect(actor).toMatchObject({ id: member.user.id, organizationId: owner.organization.id });
    expect(actor.scopes).toContain('audit:read');
    expect(member.actor.scopes).not.toContain('audit:read');
  });

  test('is kept as a hash only', async () => {
    const { tokens } = await signIn();
    const rows = JSON.stringify(await world.graph.tools.db.refreshToken.findMany());
    expect(rows).not.toContain(tokens.refreshToken);
    expect(rows).not.toContain(tokens.refreshToken.slice(3));
  });

  test('of two requests that cross, serves exactly one, and the session goes on', async () => {
    const { tokens } = await signIn();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => world.refresh(tokens.refreshToken)));
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['RefreshSessionSuccess', 'RefreshTokenSpentError', 'RefreshTokenSpentError', 'RefreshTokenSpentError']);
    const winner = outcomes.find(({ __typename }) => __typename === 'RefreshSessionSuccess')!;
    expect((await world.refresh(winner.tokens.refreshToken)).__typename).toBe('RefreshSessionSuccess');
  });

  test('that a thief exchanged first ends the session for both when its owner comes later', async () => {
    const { tokens } = await signIn();
    const thief = await world.refresh(tokens.refreshToken);
    world.pass(11);
    expect((await world.refresh(tokens.refreshToken)).__typename).toBe('RefreshTokenReusedError');
    expect((await world.refresh(thief.tokens.refreshToken)).__typename).toBe('SessionEndedError');
    expect(await world.graph.tools.db.session.count({ where: { endReason: 'TOKEN_REUSED' } })).toBe(1);
  });

  test('that a thief copied ends the session for both when the thief comes later, however many exchanges later', async () => {
    const stolen = (await signIn()).tokens.refreshToken;
    let last = stolen;
    for (let n = 0; n < 3; n += 1) last = (await world.refresh(last)).tokens.refreshToken;
    world.pass(11);
    expect((await world.refresh(stolen)).__typename).toBe('RefreshTokenReusedError');
    expect((await world.refresh(last)).__typename).toBe('SessionEndedError');
  });

  test('gives a thief nothing within the seconds in which requests may cross', async () => {
    const { tokens } = await signIn();
    await world.refresh(tokens.refreshToken);
    const thief = await world.refresh(tokens.refreshToken);
    expect(thief).toEqual({ __typename: 'RefreshTokenSpentError', message: expect.any(String) });
  });

  test('of another session is not touched by a theft', async () => {
    const [one, other] = [await signIn(), await signIn()];
    await world.refresh(one.tokens.refreshToken);
    world.pass(11);
    await world.refresh(one.tokens.refreshToken);
    expect((await world.refresh(other.tokens.refreshToken)).__typename).toBe('RefreshSessionSuccess');
  });

  test('that nobody ever had is refused like one of a session that ended', async () => {
    expect((await world.refresh('rt_made-up')).__typename).toBe('SessionEndedError');
  });

  test('is over after thirty days without use, and each exchange begins them anew', async () => {
    const { tokens } = await signIn();
    world.pass(29 * 86_400);
    const next = await world.refresh(tokens.refreshToken);
    expect(next.__typename).toBe('RefreshSessionSuccess');
    world.pass(29 * 86_400);
    const last = await world.refresh(next.tokens.refreshToken);
    expect(last.__typename).toBe('RefreshSessionSuccess');
    world.pass(31 * 86_400);
    expect((await world.refresh(last.tokens.refreshToken)).__typename).toBe('SessionEndedError');
  });
});

describe('signing out', () => {
  test('ends the session by any of its refresh tokens, and no other session', async () => {
    const [one, other] = [await signIn(), await signIn()];
    const next = await world.refresh(one.tokens.refreshToken);
    expect(await world.act(LOGOUT, { refreshToken: one.tokens.refreshToken })).toEqual({ __typename: 'LogoutSuccess' });
    expect((await world.refresh(next.tokens.refreshToken)).__typename).toBe('SessionEndedError');
    expect((await world.refresh(other.tokens.refreshToken)).__typename).toBe('RefreshSessionSuccess');
  });

  test('answers alike for a refresh token that nobody ever had', async () => {
    expect(await world.act(LOGOUT, { refreshToken: 'rt_made-up' })).toEqual({ __typename: 'LogoutSuccess' });
  });

  test('everywhere ends all sessions of the person and none of others', async () => {
    const leaver = await world.founder('Leaver');
    const second = await world.login('leaver@example.na');
    const mine = await signIn();
    const { data } = await world.graph.as(leaver.actor)('mutation { logoutEverywhere { ... on LogoutEverywhereSuccess { ended } } }');
    expect(data).toEqual({ logoutEverywhere: { ended: 2 } });
    for (const { tokens } of [leaver, second]) expect((await world.refresh(tokens.refreshToken)).__typename).toBe('SessionEndedError');
    expect((await world.refresh(mine.tokens.refreshToken)).__typename).toBe('RefreshSessionSuccess');
  });

  test('while a refresh is under way leaves no session behind', async () => {
    const { tokens } = await signIn();
    const [, refreshed] = await Promise.all([world.act(LOGOUT, { refreshToken: tokens.refreshToken }), world.refresh(tokens.refreshToken)]);
    const last = refreshed.tokens?.refreshToken ?? tokens.refreshToken;
    expect((await world.refresh(last)).__typename).toBe('SessionEndedError');
  });
});

describe('the list of sessions', () => {
  test('shows one’s own open sessions only, and lets one end each', async () => {
    const person = await world.founder('Lister');
    await world.login('lister@example.na', PASSWORD, { device: 'Phone' });
    const before = await sessionsOf(person);
    expect(before.map(({ device }) => device)).toEqual(['Phone', null]);
    const REVOKE = 'mutation ($input: RevokeSessionInput!) { outcome: revokeSession(input: $input) { __typename } }';
    expect(await world.act(REVOKE, { id: before[0]!.id }, person.actor)).toEqual({ __typename: 'RevokeSessionSuccess' });
    expect((await sessionsOf(person)).map(({ device }) => device)).toEqual([null]);
    await expect(world.act(REVOKE, { id: before[1]!.id }, owner.actor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await sessionsOf(person)).map(({ device }) => device)).toEqual([null]);
  });
});

describe('going on in another organization', () => {
  let guest: Person;
  beforeAll(async () => {
    guest = await world.founder('Both');
    await world.invite(owner, 'both@example.na', 'MANAGER');
    await world.accept('both@example.na');
  });
  const enter = async () => world.person(await world.login('both@example.na'));

  test('keeps the session and gives the rights that one has there', async () => {
    const here = await enter();
    const there = await world.act(SWITCH, { organizationId: owner.organization.id, refreshToken: here.tokens.refreshToken }, here.actor);
    expect(there.organization).toEqual({ id: owner.organization.id, name: 'Owner Inc.', roleId: 'MANAGER' });
    const actor = await world.actorOf(there.tokens.accessToken);
    expect(actor).toMatchObject({ id: guest.user.id, organizationId: owner.organization.id });
    expect(actor.scopes).not.toContain('members:write');
    const next = await world.refresh(there.tokens.refreshToken);
    expect((await world.actorOf(next.tokens.accessToken)).organizationId).toBe(owner.organization.id);
  });

  test('is refused where one is no member, and the refresh token stays good', async () => {
    const stranger = await world.founder('Elsewhere');
    const here = await enter();
    const refused = await world.act(SWITCH, { organizationId: stranger.organization.id, refreshToken: here.tokens.refreshToken }, here.actor);
    expect(refused.__typename).toBe('NoActiveMembershipError');
    expect((await world.refresh(here.tokens.refreshToken)).__typename).toBe('RefreshSessionSuccess');
  });

  test('is refused with somebody else’s refresh token, which stays theirs', async () => {
    const victim = await enter();
    const attacker = await world.founder('Attacker');
    const refused = await world.act(SWITCH, { organizationId: attacker.organization.id, refreshToken: victim.tokens.refreshToken }, attacker.actor);
    expect(refused).toEqual({ __typename: 'SessionEndedError' });
    expect((await world.act(REFRESH, { refreshToken: victim.tokens.refreshToken })).__typename).toBe('RefreshSessionSuccess');
  });
});
