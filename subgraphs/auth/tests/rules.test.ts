import { describe, expect, test } from 'vitest';
import { refuseBeyond, refuseLastOwner } from '../src/domain/grants.ts';
import { statusOf } from '../src/domain/invitations.ts';
import { newPassword } from '../src/domain/passwords.ts';
import { allPermissions, permissions } from '../src/domain/permissions.ts';
import { judgeRefresh } from '../src/domain/refresh.ts';
import { builtInView, builtInViews } from '../src/domain/roles.ts';
import { admit, passwordGuesses } from '../src/domain/throttle.ts';
import { createPasswordHasher } from '../src/password-hasher.ts';
import { envModel } from '../src/env.ts';

const now = new Date('2026-03-01T09:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

describe('permissions', () => {
  test.each(Object.entries(permissions))('%s is named and described as the others are', (scope, description) => {
    expect(scope).toMatch(/^[a-z]+(-[a-z]+)*:(read|write|review)$/);
    expect(description).toMatch(/^[A-Z].+\.$/);
  });

  test('to change something come with the permission to see it, in every built-in role', () => {
    for (const role of builtInViews) {
      for (const permission of role.permissions.filter((held) => held.endsWith(':write'))) expect(role.permissions).toContain(permission.replace(':write', ':read'));
    }
  });

  test('of each built-in role include those of the next', () => {
    builtInViews.slice(1).forEach((role, index) => expect(builtInViews[index]!.permissions).toEqual(expect.arrayContaining([...role.permissions])));
    expect(builtInViews[0]!.permissions).toEqual(allPermissions);
  });

  test('over people, the organization and its machines are not with those who merely work', () => {
    const { permissions: held } = builtInView('MEMBER');
    for (const kept of ['members:write', 'roles:write', 'organization:write', 'api-clients:write', 'integrations:write', 'configuration:write', 'audit:read'] as const) expect(held).not.toContain(kept);
  });
});

describe('granting', () => {
  const clerk = { ...builtInView('MEMBER'), id: 'rol_1', permissions: ['documents:read', 'members:write'] as const };
  test.each([
    ['an owner may give everything', builtInView('OWNER'), [builtInView('OWNER')], null],
    ['an admin may give admin', builtInView('ADMIN'), [builtInView('ADMIN')], null],
    ['an admin may not give owner', builtInView('ADMIN'), [builtInView('OWNER')], ['organization:write']],
    ['a clerk may give what they hold', clerk, [{ id: 'rol_2', permissions: ['documents:read'] as const }], null],
    ['a clerk may not give more', clerk, [{ id: 'rol_2', permissions: ['documents:read', 'documents:write'] as const }], ['documents:write']],
    ['who holds everything without being an owner may not make owners', { ...builtInView('OWNER'), id: 'rol_3' }, [builtInView('OWNER')], []],
  ])('%s', (_rule, acting, roles, missing) => {
    expect(refuseBeyond(acting, roles)?.missing ?? null).toEqual(missing);
  });

  test.each([
    ['the only active owner', { role: 'OWNER', status: 'ACTIVE' }, 1, true],
    ['one of two active owners', { role: 'OWNER', status: 'ACTIVE' }, 2, false],
    ['a suspended owner beside an active one', { role: 'OWNER', status: 'SUSPENDED' }, 1, false],
    ['an admin', { role: 'ADMIN', status: 'ACTIVE' }, 1, false],
  ])('the organization keeps %s: %#', (_who, target, owners, kept) => {
    expect(refuseLastOwner(target, owners) !== null).toBe(kept);
  });
});

describe('a refresh token', () => {
  const open = { endedAt: null, expiresAt: at(60) };
  test.each([
    ['unused', { session: open, usedAt: null }, 'EXCHANGE'],
    ['used a second ago', { session: open, usedAt: at(-1) }, 'CROSSED'],
    ['used by a request that began later than this one', { session: open, usedAt: at(1) }, 'CROSSED'],
    ['used ten seconds ago', { session: open, usedAt: at(-10) }, 'REUSED'],
    ['of a session that ended', { session: { ...open, endedAt: at(-1) }, usedAt: null }, 'ENDED'],
    ['of a session that ends now', { session: { ...open, expiresAt: now }, usedAt: null }, 'ENDED'],
    ['used, of a session that ended', { session: { ...open, endedAt: at(-1) }, usedAt: at(-100) }, 'ENDED'],
  ])('%s: %#', (_what, presented, verdict) => {
    expect(judgeRefresh(presented, now)).toBe(verdict);
  });
});

describe('waiting between tries', () => {
  test('grows to a quarter of an hour and no further', () => {
    let moment = now;
    let state: Parameters<typeof admit>[1] = null;
    const waits: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      const admission = admit(passwordGuesses, state, moment);
      if (!admission.admitted) throw new Error('A try after the wait must be let through.');
      state = admission.next;
      waits.push(state.notBefore ? (state.notBefore.getTime() - moment.getTime()) / 1_000 : 0);
      moment = state.notBefore ?? moment;
    }
    expect(waits).toEqual([0, 0, 0, 0, 30, 60, 300, 900, 900, 900, 900, 900]);
  });

  test('is said in whole seconds, never zero', () => {
    expect(admit(passwordGuesses, { tries: 5, lastTryAt: now, notBefore: new Date(now.getTime() + 1) }, now)).toEqual({ admitted: false, retryAfter: 1 });
  });

  test('is forgotten after a day', () => {
    expect(admit(passwordGuesses, { tries: 50, lastTryAt: at(-86_400), notBefore: null }, now)).toMatchObject({ admitted: true, next: { tries: 1, notBefore: null } });
  });
});

describe('a password', () => {
  const accepts = (password: string, email = 'ndapewa.shilongo@example.na') => newPassword(email).safeParse(password).success;
  test.each(['seven dunes at dawn', 'correct horse battery staple', '四十二 dunes über Nacht', 'Tr7$kq-92mxz', 'a'.repeat(5) + ' very long one indeed'])('may be %s', (password) => expect(accepts(password)).toBe(true));
  test.each([
    ['eleven characters', 'elevenchars'],
    ['two hundred and one', 'ab c'.repeat(51)],
    ['on the list as it is', 'unbelievable'],
    ['a listed word with a number and a mark', 'Password1234!'],
    ['one character', 'aaaaaaaaaaaa'],
    ['one short piece over and over', 'abcabcabcabc'],
    ['digits in a row', '123456789012'],
    ['digits in a row, downwards', '987654321098'],
    ['letters in a row', 'abcdefghijkl'],
    ['the whole name of the address', 'my ndapewa.shilongo now'],
    ['a part of the name of the address', 'SHILONGO in the dunes'],
  ])('may not be %s', (_why, password) => expect(accepts(password)).toBe(false));
  test('may have a piece of the address in it that is too short to mean anything', () => expect(accepts('an apple a day keeps', 'an@example.na')).toBe(true));
});

test('a password hash is argon2id at the cost that OWASP asks for, unless the environment says otherwise', async () => {
  const { AUTH_ARGON2_MEMORY_KIB: memoryKib, AUTH_ARGON2_PASSES: passes } = envModel.parse({});
  const hasher = createPasswordHasher({ memoryKib, passes });
  const hash = await hasher.hash('seven dunes at dawn');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(hasher.isOutdated(hash)).toBe(false);
  expect(createPasswordHasher({ memoryKib, passes: 3 }).isOutdated(hash)).toBe(true);
});

test.each([
  ['PENDING', at(1), 'PENDING'],
  ['PENDING', now, 'EXPIRED'],
  ['ACCEPTED', at(-1), 'ACCEPTED'],
  ['REVOKED', at(-1), 'REVOKED'],
] as const)('an invitation that is %s and ends at %s is %s', (status, expiresAt, shown) => {
  expect(statusOf({ status, expiresAt }, now)).toBe(shown);
});
