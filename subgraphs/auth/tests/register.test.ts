import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPermissions } from '../src/domain/permissions.ts';
import { emailVerificationRequested, memberJoined, organizationCreated } from '../src/events.ts';
import { PASSWORD, REGISTER, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.graph.stop());

const input = (more: object = {}) => ({ name: 'Ndapewa Shilongo', email: 'Ndapewa@Example.na', password: PASSWORD, organizationName: 'Kalahari Legal', idempotencyKey: 'first', ...more });

describe('founding an organization', () => {
  test('makes its first member the owner, signs them in, and says so', async () => {
    const founder = await world.person(await world.act(REGISTER, input()));
    expect(founder).toMatchObject({ user: { name: 'Ndapewa Shilongo', email: 'ndapewa@example.na' }, organization: { name: 'Kalahari Legal', roleId: 'OWNER' } });
    expect(founder.actor).toMatchObject({ kind: 'user', id: founder.user.id, organizationId: founder.organization.id, scopes: allPermissions });
    expect((await world.graph.said(organizationCreated)).map(({ data }) => data)).toEqual([{ organizationId: founder.organization.id, name: 'Kalahari Legal' }]);
    expect((await world.graph.said(memberJoined)).map(({ data }) => data)).toEqual([{ userId: founder.user.id, name: 'Ndapewa Shilongo', email: 'ndapewa@example.na', role: 'OWNER' }]);
    await world.graph.idle();
    expect((await world.graph.said(emailVerificationRequested)).map(({ data }) => data.email)).toEqual(['ndapewa@example.na']);
  });

  test('happens once for an idempotency key; the repetition signs in to the same account', async () => {
    const founded = await world.graph.tools.db.organization.count();
    const again = await world.act(REGISTER, input());
    expect(again).toMatchObject({ __typename: 'RegisterSuccess', organization: { name: 'Kalahari Legal' } });
    expect(await world.graph.tools.db.organization.count()).toBe(founded);
  });

  test('cannot be repeated with a password that the account no longer has', async () => {
    const person = await world.founder('Tuli', { idempotencyKey: 'tuli' });
    const change = 'mutation ($input: ChangePasswordInput!) { outcome: changePassword(input: $input) { __typename } }';
    expect(await world.act(change, { currentPassword: PASSWORD, newPassword: 'eight dunes at dusk' }, person.actor)).toEqual({ __typename: 'ChangePasswordSuccess' });
    const again = await world.act(REGISTER, { name: 'Tuli', email: 'tuli@example.na', password: PASSWORD, organizationName: 'Tuli Inc.', idempotencyKey: 'tuli' });
    expect(again.__typename).toBe('InvalidCredentialsError');
  });

  test('leaves nothing of the password but its argon2id hash', async () => {
    const rows = await world.graph.tools.db.$queryRaw`select (select json_agg(k) from "IdempotencyKey" k)::text || (select json_agg(o) from "OutboxMessage" o)::text || (select json_agg(u) from "User" u)::text as everything`;
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    const digests = await world.graph.tools.db.idempotencyKey.findMany({ where: { operation: 'register' } });
    const { createHash } = await import('node:crypto');
    // Whoever reads the table of keys cannot try passwords against it: the digest depends on a key that is not there.
    const guess = createHash('sha256').update(JSON.stringify({ name: 'Ndapewa Shilongo', organizationName: 'Kalahari Legal', password: PASSWORD })).digest('hex');
    expect(digests.map((row) => row.input)).not.toContain(guess);
    const hashes = await world.graph.tools.db.password.findMany();
    expect(hashes.every(({ hash }) => hash.startsWith('$argon2id$v=19$'))).toBe(true);
  });

  test('is refused for an address that has an account, in upper case too', async () => {
    const outcome = await world.act(REGISTER, input({ email: 'NDAPEWA@EXAMPLE.NA', idempotencyKey: 'second' }));
    expect(outcome.__typename).toBe('EmailTakenError');
  });

  test('of two who take one address at the same moment, lets one', async () => {
    const outcomes = await Promise.all(['a', 'b', 'c'].map((key) => world.act(REGISTER, input({ email: 'race@example.na', idempotencyKey: key }))));
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['EmailTakenError', 'EmailTakenError', 'RegisterSuccess']);
    expect(await world.graph.tools.db.membership.count({ where: { user: { email: 'race@example.na' } } })).toBe(1);
  });

  test('names everything that is wrong at once', async () => {
    const outcome = await world.act(REGISTER, input({ email: 'new@example.na', name: ' ', organizationName: '', password: 'short' }));
    expect(outcome.issues.map(({ path }) => path).sort()).toEqual(['name', 'organizationName', 'password']);
  });
});
