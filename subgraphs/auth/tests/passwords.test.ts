import { open } from '@buffrsign/kernel';
import { testSecrets } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emailVerificationRequested, passwordResetRequested } from '../src/events.ts';
import { PASSWORD, startWorld, type Entered, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.graph.stop());

const NEXT = 'eight dunes at dusk';
const CHANGE = 'mutation ($input: ChangePasswordInput!) { outcome: changePassword(input: $input) { __typename ... on ChangePasswordSuccess { tokens { accessToken refreshToken } } ... on InvalidInputError { issues { path message } } ... on TooManyAttemptsError { retryAfter } } }';
const ASK = 'mutation ($input: RequestPasswordResetInput!) { outcome: requestPasswordReset(input: $input) { __typename ... on TooManyAttemptsError { retryAfter } } }';
const RESET = 'mutation ($input: ResetPasswordInput!) { outcome: resetPassword(input: $input) { __typename ... on InvalidInputError { issues { path } } } }';
const VERIFY = 'mutation ($input: VerifyEmailInput!) { outcome: verifyEmail(input: $input) { __typename } }';

const linkTo = async (email: string, event: typeof passwordResetRequested | typeof emailVerificationRequested) => {
  await world.graph.idle();
  const facts = (await world.graph.said(event)).filter(({ data }) => data.email === email);
  return facts.map(({ data }) => open(data.sealedToken, testSecrets.DATA_KEY)).at(-1)!;
};

describe('changing the password', () => {
  test('ends all sessions, also a stolen one, and begins a new one', async () => {
    const person = await world.founder('Changer');
    const stolen = await world.login('changer@example.na');
    const outcome = await world.act<Entered>(CHANGE, { currentPassword: PASSWORD, newPassword: NEXT }, person.actor);
    expect(outcome.__typename).toBe('ChangePasswordSuccess');
    for (const { tokens } of [person, stolen]) expect((await world.refresh(tokens.refreshToken)).__typename).toBe('SessionEndedError');
    expect((await world.refresh(outcome.tokens.refreshToken)).__typename).toBe('RefreshSessionSuccess');
    expect((await world.login('changer@example.na')).__typename).toBe('InvalidCredentialsError');
    expect((await world.login('changer@example.na', NEXT)).__typename).toBe('LoginSuccess');
  });

  test('needs the present one, and guessing it ends like guessing at the door', async () => {
    const person = await world.founder('Borrowed');
    const outcomes = [];
    for (let n = 0; n < 6; n += 1) outcomes.push((await world.act(CHANGE, { currentPassword: `guess ${n}`, newPassword: NEXT }, person.actor)).__typename);
    expect(outcomes).toEqual([...Array(5).fill('InvalidCredentialsError'), 'TooManyAttemptsError']);
    expect((await world.login('borrowed@example.na')).__typename).toBe('TooManyAttemptsError');
  });

  test('to one that is too short, common, or has the name of the address in it is refused by name', async () => {
    const person = await world.founder('Windhoek');
    for (const newPassword of ['short', 'Password1234!', 'my windhoek dunes']) {
      const outcome = await world.act(CHANGE, { currentPassword: PASSWORD, newPassword }, person.actor);
      expect(outcome).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'newPassword' }] });
    }
  });

  test('twice at the same moment succeeds once', async () => {
    const person = await world.founder('Doubler');
    const outcomes = await Promise.all([NEXT, 'nine dunes at night'].map((newPassword) => world.act(CHANGE, { currentPassword: PASSWORD, newPassword }, person.actor)));
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['ChangePasswordSuccess', 'InvalidCredentialsError']);
  });

  test('leaves no session that began with the old password at the same moment', async () => {
    const person = await world.founder('Racer');
    const [login] = await Promise.all([world.login('racer@example.na'), world.act(CHANGE, { currentPassword: PASSWORD, newPassword: NEXT }, person.actor)]);
    const survived = login.__typename === 'LoginSuccess' ? (await world.refresh(login.tokens.refreshToken)).__typename : login.__typename;
    expect(['SessionEndedError', 'InvalidCredentialsError']).toContain(survived);
  });
});

describe('a forgotten password', () => {
  test('is replaced by the link in a mail, once, and all sessions end', async () => {
    const person = await world.founder('Forgetter');
    expect(await world.act(ASK, { email: 'Forgetter@example.na' })).toEqual({ __typename: 'RequestPasswordResetSuccess' });
    const token = await linkTo('forgetter@example.na', passwordResetRequested);
    expect((await world.act(RESET, { token, newPassword: 'forgetter forgets' })).issues).toEqual([{ path: 'newPassword' }]);
    const outcomes = await Promise.all([NEXT, NEXT].map((newPassword) => world.act(RESET, { token, newPassword })));
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['LinkNotValidError', 'ResetPasswordSuccess']);
    expect((await world.refresh(person.tokens.refreshToken)).__typename).toBe('SessionEndedError');
    expect((await world.login('forgetter@example.na', NEXT)).__typename).toBe('LoginSuccess');
  });

  test('gets the owner of an address in after somebody else guessed at it until it was closed', async () => {
    await world.founder('Locked');
    for (let n = 0; n < 5; n += 1) await world.login('locked@example.na', 'guess');
    await world.act(ASK, { email: 'locked@example.na' });
    await world.act(RESET, { token: await linkTo('locked@example.na', passwordResetRequested), newPassword: NEXT });
    expect((await world.login('locked@example.na', NEXT)).__typename).toBe('LoginSuccess');
  });

  test('of an unknown address is answered alike and leads to no mail', async () => {
    expect(await world.act(ASK, { email: 'nobody@example.na' })).toEqual({ __typename: 'RequestPasswordResetSuccess' });
    await world.graph.idle();
    expect((await world.graph.said(passwordResetRequested)).filter(({ data }) => data.email === 'nobody@example.na')).toEqual([]);
  });

  test('fills nobody’s mailbox: after three mails the next is an hour away', async () => {
    const outcomes = [];
    for (let n = 0; n < 4; n += 1) outcomes.push(await world.act(ASK, { email: 'flooded@example.na' }));
    expect(outcomes.map(({ __typename }) => __typename)).toEqual([...Array(3).fill('RequestPasswordResetSuccess'), 'TooManyAttemptsError']);
    expect(outcomes[3]!.retryAfter).toBe(3_600);
  });

  test('has a link that works for an hour only, and not after the password was changed', async () => {
    const person = await world.founder('Slow');
    await world.act(ASK, { email: 'slow@example.na' });
    const token = await linkTo('slow@example.na', passwordResetRequested);
    await world.act(CHANGE, { currentPassword: PASSWORD, newPassword: NEXT }, person.actor);
    expect((await world.act(RESET, { token, newPassword: 'ten dunes at noon' })).__typename).toBe('LinkNotValidError');
    await world.act(ASK, { email: 'slow@example.na' });
    const second = await linkTo('slow@example.na', passwordResetRequested);
    world.pass(3_601);
    expect((await world.act(RESET, { token: second, newPassword: 'ten dunes at noon' })).__typename).toBe('LinkNotValidError');
  });
});

describe('the link that shows that an address is read', () => {
  test('may be opened more than once, and sets no password', async () => {
    const person = await world.founder('Reader');
    const isVerified = async () => (await world.graph.as(person.actor)<{ viewer: { isEmailVerified: boolean } }>('{ viewer { isEmailVerified } }')).data!.viewer.isEmailVerified;
    const token = await linkTo('reader@example.na', emailVerificationRequested);
    expect(await isVerified()).toBe(false);
    expect((await world.act(RESET, { token, newPassword: NEXT })).__typename).toBe('LinkNotValidError');
    for (let n = 0; n < 2; n += 1) expect((await world.act(VERIFY, { token })).__typename).toBe('VerifyEmailSuccess');
    expect(await isVerified()).toBe(true);
    const { data } = await world.graph.as(person.actor)('mutation { requestEmailVerification { ... on RequestEmailVerificationSuccess { wasVerified } } }');
    expect(data).toEqual({ requestEmailVerification: { wasVerified: true } });
  });

  test('that nobody sent verifies nothing', async () => {
    expect((await world.act(VERIFY, { token: 'link_made-up' })).__typename).toBe('LinkNotValidError');
  });
});
