import { newId, open, type User } from '@buffrsign/kernel';
import { createTokenVerifier } from '@buffrsign/kernel/gateway';
import { anonymous, startTestSubgraph, testSecrets } from '@buffrsign/kernel/testing';
import { memberInvited } from '../src/events.ts';
import { auth } from '../src/subgraph.ts';

export const PASSWORD = 'seven dunes at dawn';

/** What every sign-in answers, as far as tests look at it. */
export interface Entered {
  readonly __typename: string;
  readonly message: string;
  readonly retryAfter: number;
  readonly issues: { path: string; message: string }[];
  readonly tokens: { accessToken: string; refreshToken: string; expiresAt: string };
  readonly user: { id: string; name: string; email: string };
  readonly organization: { id: string; name: string; roleId: string };
}

/** Somebody with an account, in one organization. */
export interface Person extends Entered {
  readonly actor: User;
}

const TOKENS = 'tokens { accessToken refreshToken expiresAt }';
const ENTERED = `${TOKENS} user { id name email } organization { id name roleId }`;
export const REGISTER = `mutation ($input: RegisterInput!) { outcome: register(input: $input) { __typename ... on RegisterSuccess { ${ENTERED} } ... on UserError { message } ... on TooManyAttemptsError { retryAfter } ... on InvalidInputError { issues { path message } } } }`;
export const LOGIN = `mutation ($input: LoginInput!) { outcome: login(input: $input) { __typename ... on LoginSuccess { ${ENTERED} } ... on UserError { message } ... on TooManyAttemptsError { retryAfter } } }`;
export const REFRESH = `mutation ($input: RefreshSessionInput!) { outcome: refreshSession(input: $input) { __typename ... on RefreshSessionSuccess { ${TOKENS} } ... on UserError { message } } }`;
export const ACCEPT = `mutation ($input: AcceptInvitationInput!) { outcome: acceptInvitation(input: $input) { __typename ... on AcceptInvitationSuccess { ${ENTERED} } ... on UserError { message } ... on InvalidInputError { issues { path message } } } }`;
export const INVITE = 'mutation ($input: InviteMemberInput!) { outcome: inviteMember(input: $input) { __typename ... on InviteMemberSuccess { invitation { id status } } ... on AlreadyInvitedError { invitation { id } } ... on AlreadyMemberError { member { id } } ... on UserError { message } ... on BeyondYourPermissionsError { missing } } }';

/** The subgraph on a database of its own, with a clock that tests turn and people who use it. */
export const startWorld = async () => {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const graph = await startTestSubgraph(auth, { env: { AUTH_ARGON2_MEMORY_KIB: '64', AUTH_ARGON2_PASSES: '1' }, now });
  const verify = createTokenVerifier([{ issuer: 'auth', kind: 'user', jwksUrl: `${graph.url}/.well-known/jwks.json` }], now);
  const nobody = graph.as(anonymous);

  const act = async <Outcome = Entered>(query: string, input: object, as: Parameters<typeof graph.as>[0] = anonymous): Promise<Outcome> => {
    const { data, errors } = await graph.as(as)<{ outcome: Outcome }>(query, { input });
    if (errors) throw Object.assign(new Error(errors[0]!.message), { code: errors[0]!.extensions?.['code'] });
    return data!.outcome;
  };

  /** Who a token speaks for, as the gateway finds out. */
  const actorOf = async (accessToken: string): Promise<User> => {
    const verified = await verify(accessToken);
    if (verified?.actor.kind !== 'user') throw new Error('The gateway would not believe this token.');
    return verified.actor;
  };

  const person = async (entered: Entered): Promise<Person> => {
    if (!entered.tokens) throw new Error(`${entered.__typename}: ${entered.message}`);
    return { ...entered, actor: await actorOf(entered.tokens.accessToken) };
  };

  const login = (email: string, password = PASSWORD, more: object = {}) => act(LOGIN, { email, password, ...more });
  const refresh = (refreshToken: string) => act(REFRESH, { refreshToken });

  /** Founds an organization. */
  const founder = async (name: string, more: object = {}): Promise<Person> =>
    person(await act(REGISTER, { name, email: `${name.toLowerCase()}@example.na`, password: PASSWORD, organizationName: `${name} Inc.`, idempotencyKey: newId('key'), ...more }));

  /** The token that only the invited person's mail has. */
  const tokenFor = async (email: string): Promise<string> => {
    const facts = await graph.said(memberInvited);
    return open(facts.findLast(({ data }) => data.email === email)!.data.sealedToken, testSecrets.DATA_KEY);
  };

  const invite = (by: Person, email: string, roleId: string, idempotencyKey: string = newId('key')) => act<Entered & { invitation: { id: string } }>(INVITE, { email, roleId, idempotencyKey }, by.actor);
  const accept = async (email: string, more: object = {}) => act(ACCEPT, { token: await tokenFor(email), name: email.split('@')[0], password: PASSWORD, ...more });

  /** Somebody who was invited by `by` and came. */
  const member = async (by: Person, name: string, roleId: string): Promise<Person> => {
    const email = `${name.toLowerCase()}@example.na`;
    const invited = await invite(by, email, roleId);
    if (invited.__typename !== 'InviteMemberSuccess') throw new Error(`${invited.__typename}: ${invited.message}`);
    return person(await accept(email));
  };

  /** Id of somebody's place in the organization of their token. */
  const membershipOf = async ({ actor }: Person): Promise<string> => {
    const { id } = await graph.tools.db.membership.findUniqueOrThrow({ where: { organizationId_userId: { organizationId: actor.organizationId, userId: actor.id } } });
    return id;
  };

  return {
    graph,
    nobody,
    act,
    actorOf,
    person,
    login,
    refresh,
    founder,
    member,
    invite,
    accept,
    tokenFor,
    membershipOf,
    now,
    pass: (seconds: number) => {
      ahead += seconds * 1_000;
    },
  };
};

export type World = Awaited<ReturnType<typeof startWorld>>;
