import { newId, open } from '@buffrsign/kernel';
import { testSecrets } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memberInvited, memberJoined } from '../src/events.ts';
import { ACCEPT, PASSWORD, startWorld, type Person, type World } from './world.ts';

let world: World;
let owner: Person;
beforeAll(async () => {
  world = await startWorld();
  owner = await world.founder('Owner');
});
afterAll(() => world.graph.stop());

const REVOKE = 'mutation ($input: RevokeInvitationInput!) { outcome: revokeInvitation(input: $input) { __typename ... on RevokeInvitationSuccess { invitation { status revokedAt } } } }';
const PREVIEW = 'query ($token: String!) { invitationPreview(token: $token) { organizationName invitedByName roleName email hasAccount } }';
const statuses = async (status?: string) => {
  const { data } = await world.graph.as(owner.actor)<{ invitations: { edges: { node: { email: string; status: string } }[] } }>('query ($status: InvitationStatus) { invitations(first: 100, status: $status) { edges { node { email status } } } }', { status });
  return Object.fromEntries(data!.invitations.edges.map(({ node }) => [node.email, node.status]));
};

describe('an invitation', () => {
  test('is sent once for an idempotency key, with a token that stands nowhere readable', async () => {
    const first = await world.invite(owner, 'Once@example.na', 'MANAGER', 'key-1');
    const again = await world.invite(owner, 'Once@example.na', 'MANAGER', 'key-1');
    expect(again).toEqual(first);
    const facts = (await world.graph.said(memberInvited)).filter(({ data }) => data.email === 'once@example.na');
    expect(facts.map(({ data }) => data)).toEqual([
      { invitationId: first.invitation.id, email: 'once@example.na', role: 'Manager', organizationName: 'Owner Inc.', invitedBy: 'Owner', sealedToken: expect.any(String), expiresAt: expect.any(String) },
    ]);
    const token = open(facts[0]!.data.sealedToken, testSecrets.DATA_KEY);
    const [{ everything }] = await world.graph.tools.db.$queryRaw<[{ everything: string }]>`select (select json_agg(i) from "Invitation" i)::text || (select json_agg(o) from "OutboxMessage" o)::text || (select json_agg(k) from "IdempotencyKey" k)::text as everything`;
    expect(everything).not.toContain(token);
  });

  test('with a key that was used for somebody else is refused', async () => {
    await world.invite(owner, 'one@example.na', 'MEMBER', 'key-2');
    await expect(world.invite(owner, 'two@example.na', 'MEMBER', 'key-2')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('is the only open one for an address, also when two invite at the same moment', async () => {
    const outcomes = await Promise.all([1, 2].map(() => world.invite(owner, 'only@example.na', 'MEMBER')));
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['AlreadyInvitedError', 'InviteMemberSuccess']);
    expect(outcomes[0]!.invitation.id).toBe(outcomes[1]!.invitation.id);
  });

  test('is not sent to a member', async () => {
    expect((await world.invite(owner, 'OWNER@example.na', 'MEMBER')).__typename).toBe('AlreadyMemberError');
  });

  test('says to whoever holds its link what it is about, and nothing to others', async () => {
    await world.invite(owner, 'preview@example.na', 'ADMIN');
    const token = await world.tokenFor('preview@example.na');
    expect((await world.nobody(PREVIEW, { token })).data).toEqual({ invitationPreview: { organizationName: 'Owner Inc.', invitedByName: 'Owner', roleName: 'Admin', email: 'preview@example.na', hasAccount: false } });
    expect((await world.nobody(PREVIEW, { token: `${token}x` })).data).toEqual({ invitationPreview: null });
  });

  test('makes a new account with name and password, and shows that its address is read', async () => {
    await world.invite(owner, 'new@example.na', 'MEMBER');
    const refused = await world.accept('new@example.na', { name: '', password: 'short' });
    expect(refused.issues.map(({ path }) => path).sort()).toEqual(['name', 'password']);
    const joined = await world.person(await world.accept('new@example.na', { name: 'Newcomer' }));
    expect(joined).toMatchObject({ user: { name: 'Newcomer', email: 'new@example.na' }, organization: { id: owner.organization.id, roleId: 'MEMBER' } });
    const { data } = await world.graph.as(joined.actor)('{ viewer { isEmailVerified memberships { organization { name } role { id } } } }');
    expect(data).toEqual({ viewer: { isEmailVerified: true, memberships: [{ organization: { name: 'Owner Inc.' }, role: { id: 'MEMBER' } }] } });
    expect((await world.graph.said(memberJoined)).at(-1)).toMatchObject({ subject: joined.user.id, organizationid: owner.organization.id, data: { name: 'Newcomer', role: 'MEMBER' } });
  });

  test('is accepted once, also when it is accepted twice at the same moment', async () => {
    await world.invite(owner, 'twice@example.na', 'MEMBER');
    const outcomes = await Promise.all([1, 2].map(() => world.accept('twice@example.na')));
    expect(outcomes.filter(({ __typename }) => __typename === 'AcceptInvitationSuccess')).toHaveLength(1);
    expect((await world.accept('twice@example.na')).__typename).toBe('InvitationNotOpenError');
    expect(await world.graph.tools.db.membership.count({ where: { user: { email: 'twice@example.na' } } })).toBe(1);
  });

  test('lets somebody with an account in with its password, or signed in to it, and with nothing else', async () => {
    const known = await world.founder('Known');
    await world.invite(owner, 'known@example.na', 'MEMBER');
    expect((await world.accept('known@example.na', { password: 'a new one, by the thief of the link' })).__typename).toBe('InvalidCredentialsError');
    expect((await world.accept('known@example.na', { password: null })).__typename).toBe('InvalidCredentialsError');
    const token = await world.tokenFor('known@example.na');
    const stranger = await world.founder('Finder');
    expect((await world.act(ACCEPT, { token }, stranger.actor)).__typename).toBe('InvalidCredentialsError');
    expect(await world.act(ACCEPT, { token }, known.actor)).toMatchObject({ __typename: 'AcceptInvitationSuccess', user: { id: known.user.id }, organization: { id: owner.organization.id } });
  });

  test('counts wrong passwords like any sign-in', async () => {
    await world.founder('Counted');
    await world.invite(owner, 'counted@example.na', 'MEMBER');
    for (let n = 0; n < 5; n += 1) await world.accept('counted@example.na', { password: 'guess' });
    expect((await world.accept('counted@example.na')).__typename).toBe('TooManyAttemptsError');
  });

  test('that was taken back opens nothing, and taking it back twice is no error', async () => {
    const { invitation } = await world.invite(owner, 'back@example.na', 'MEMBER');
    for (let n = 0; n < 2; n += 1) {
      expect(await world.act(REVOKE, { id: invitation.id }, owner.actor)).toEqual({ __typename: 'RevokeInvitationSuccess', invitation: { status: 'REVOKED', revokedAt: expect.any(String) } });
    }
    expect((await world.accept('back@example.na')).__typename).toBe('InvitationNotOpenError');
    expect((await world.invite(owner, 'back@example.na', 'MEMBER')).__typename).toBe('InviteMemberSuccess');
  });

  test('taken back and accepted at the same moment is one of the two', async () => {
    const { invitation } = await world.invite(owner, 'torn@example.na', 'MEMBER');
    const [revoked, accepted] = await Promise.all([world.act(REVOKE, { id: invitation.id }, owner.actor), world.accept('torn@example.na')]);
    expect([revoked.__typename, accepted.__typename].filter((name) => name.endsWith('Success'))).toHaveLength(1);
  });

  test('can be neither seen nor taken back by another organization', async () => {
    const { invitation } = await world.invite(owner, 'theirs@example.na', 'MEMBER');
    const stranger = await world.founder('Stranger');
    await expect(world.act(REVOKE, { id: invitation.id }, stranger.actor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await world.graph.as(stranger.actor)('{ invitations { edges { node { email } } } }')).data).toEqual({ invitations: { edges: [] } });
    expect((await world.accept('theirs@example.na', { password: PASSWORD })).__typename).toBe('AcceptInvitationSuccess');
  });

  test('runs out after seven days and makes room for a new one', async () => {
    await world.invite(owner, 'late@example.na', 'MEMBER');
    world.pass(7 * 86_400 + 1);
    expect((await world.accept('late@example.na')).__typename).toBe('InvitationNotOpenError');
    expect((await statuses('EXPIRED'))['late@example.na']).toBe('EXPIRED');
    expect((await statuses('PENDING'))['late@example.na']).toBeUndefined();
    const again = await world.invite(owner, 'late@example.na', 'MEMBER', newId('key'));
    expect(again.__typename).toBe('InviteMemberSuccess');
    expect((await statuses('PENDING'))['late@example.na']).toBe('PENDING');
  });
});
