import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPasswordHasher } from '../src/password-hasher.ts';
import { PASSWORD, startWorld, type Person, type World } from './world.ts';

let world: World;
let victim: Person;
beforeAll(async () => {
  world = await startWorld();
  victim = await world.founder('Victim');
});
afterAll(() => world.graph.stop());

describe('signing in', () => {
  test('gives tokens of the organization joined first, or of the one that is asked for', async () => {
    const other = await world.founder('Other');
    await world.invite(other, 'victim@example.na', 'MEMBER');
    const joined = await world.accept('victim@example.na');
    expect(joined.organization).toMatchObject({ id: other.organization.id, roleId: 'MEMBER' });
    expect((await world.login('victim@example.na')).organization.id).toBe(victim.organization.id);
    expect((await world.login('Victim@Example.NA', PASSWORD, { organizationId: other.organization.id })).organization).toMatchObject({ id: other.organization.id, roleId: 'MEMBER' });
  });

  test('into an organization that is not one’s own is refused', async () => {
    const stranger = await world.founder('Stranger');
    expect((await world.login('stranger@example.na', PASSWORD, { organizationId: victim.organization.id })).__typename).toBe('NoActiveMembershipError');
    expect(stranger.organization.id).not.toBe(victim.organization.id);
  });

  test('answers a wrong password and an unknown address word for word alike', async () => {
    const wrong = await world.login('victim@example.na', 'not the password');
    const unknown = await world.login('nobody@example.na', 'not the password');
    expect(wrong).toEqual(unknown);
    expect(wrong.__typename).toBe('InvalidCredentialsError');
  });

  test('hashes as much for an unknown address as for a wrong password', async () => {
    const hasher = createPasswordHasher({ memoryKib: 64, passes: 1 });
    expect(await hasher.verify(null, 'anything at all')).toBe(false);
    const hash = await hasher.hash(PASSWORD);
    expect([await hasher.verify(hash, PASSWORD), await hasher.verify(hash, `${PASSWORD}.`)]).toEqual([true, false]);
  });

  test('renews a hash that was made at another cost', async () => {
    const { db } = world.graph.tools;
    const cheaper = createPasswordHasher({ memoryKib: 32, passes: 1 });
    await db.password.update({ where: { userId: victim.user.id }, data: { hash: await cheaper.hash(PASSWORD) } });
    expect((await world.login('victim@example.na')).__typename).toBe('LoginSuccess');
    const { hash } = await db.password.findUniqueOrThrow({ where: { userId: victim.user.id } });
    expect(hash).toContain('$m=64,t=1,p=1$');
    expect((await world.login('victim@example.na')).__typename).toBe('LoginSuccess');
  });
});

describe('guessing a password', () => {
  const guess = (email: string, password = 'a wrong password') => world.login(email, password);
  const names = (outcomes: { __typename: string }[]) => outcomes.map(({ __typename }) => __typename);

  test('ends after five tries, for an unknown address too, and the right password does not help', async () => {
    await world.founder('Guessed');
    for (const email of ['guessed@example.na', 'unknown@example.na']) {
      const outcomes = [];
      for (let n = 0; n < 5; n += 1) outcomes.push(await guess(email));
      expect(names(outcomes)).toEqual(Array(5).fill('InvalidCredentialsError'));
      const refused = await guess(email, PASSWORD);
      expect(refused).toMatchObject({ __typename: 'TooManyAttemptsError', retryAfter: 30 });
    }
  });

  test('goes on after the wait, once, and waits longer then', async () => {
    world.pass(31);
    expect((await guess('guessed@example.na')).__typename).toBe('InvalidCredentialsError');
    expect((await guess('guessed@example.na')).retryAfter).toBe(60);
    world.pass(61);
    expect((await guess('guessed@example.na', PASSWORD)).__typename).toBe('LoginSuccess');
    expect((await guess('guessed@example.na')).__typename).toBe('InvalidCredentialsError');
  });

  test('is not quicker with many at the same moment', async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => guess('parallel@example.na')));
    expect(names(outcomes).filter((name) => name === 'InvalidCredentialsError')).toHaveLength(5);
    expect(names(outcomes).filter((name) => name === 'TooManyAttemptsError')).toHaveLength(7);
  });

  test('leaves no address readable in the count, which lies in the database', async () => {
    const rows = await world.graph.tools.db.throttle.findMany();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('example.na');
  });
});
