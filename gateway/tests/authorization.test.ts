import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { modes, startPlatform, type Platform } from './support/platform.ts';

const anonymous = undefined;
const nothing: string[] = [];

interface Case {
  readonly guarantee: string;
  /** Scopes of the token; without a token: `undefined`. */
  readonly scopes: readonly string[] | undefined;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly data: unknown;
  readonly refused: readonly (readonly (string | number)[])[];
  /** Words that must not be in anything sent to a subgraph. */
  readonly neverSent?: readonly string[];
  readonly sent?: readonly string[];
}

const cases: readonly Case[] = [
  // fields
  { guarantee: 'a field with @authenticated is null to nobody', scopes: anonymous, query: '{ users { name email } }', data: { users: [{ name: 'Ndapewa', email: null }, { name: 'Tangeni', email: null }] }, refused: [['users', '@', 'email']], neverSent: ['email'] },
  { guarantee: 'a field with @authenticated is there for anybody signed in', scopes: nothing, query: '{ users { email } }', data: { users: [{ email: 'ndapewa@example.org' }, { email: 'tangeni@example.org' }] }, refused: [] },
  { guarantee: 'a field with scopes is null without any of them', scopes: nothing, query: '{ users { id salary } }', data: { users: [{ id: 'u1', salary: null }, { id: 'u2', salary: null }] }, refused: [['users', '@', 'salary']], neverSent: ['salary'] },
  { guarantee: 'half of a list of scopes is not enough', scopes: ['users:salary'], query: '{ users { salary } }', data: { users: [{ salary: null }, { salary: null }] }, refused: [['users', '@', 'salary']], neverSent: ['salary'] },
  { guarantee: 'all scopes of one list are enough', scopes: ['users:read', 'users:salary'], query: '{ users { salary } }', data: { users: [{ salary: 100 }, { salary: 200 }] }, refused: [] },
  { guarantee: 'any one of the lists is enough', scopes: ['admin'], query: '{ users { salary } }', data: { users: [{ salary: 100 }, { salary: 200 }] }, refused: [] },
  { guarantee: 'an entity field of another subgraph is guarded too', scopes: anonymous, query: '{ thing(id: "t1") { owner { name email } } }', data: { thing: { owner: { name: 'Ndapewa', email: null } } }, refused: [['thing', 'owner', 'email']], neverSent: ['email'] },
  { guarantee: 'a path goes by the alias that the client chose', scopes: anonymous, query: '{ all: users { mail: email } }', data: { all: [{ mail: null }, { mail: null }] }, refused: [['all', '@', 'mail']], neverSent: ['email'] },
  // whole operations
  { guarantee: 'an operation that is refused as a whole fetches nothing', scopes: anonymous, query: '{ me { name } }', data: { me: null }, refused: [['me']], neverSent: ['me', 'query'] },
  { guarantee: 'nothing inside of a refused field is reported again', scopes: anonymous, query: '{ me { email salary } }', data: { me: null }, refused: [['me']], neverSent: ['email'] },
  { guarantee: 'a field keeps its object when all inside of it is refused', scopes: anonymous, query: '{ users { email } }', data: { users: [{ email: null }, { email: null }] }, refused: [['users', '@', 'email']], neverSent: ['email'], sent: ['users'] },
  // types
  { guarantee: 'a field that returns a guarded object type is null', scopes: nothing, query: '{ thing(id: "t1") { id vault { code } } }', data: { thing: { id: 't1', vault: null } }, refused: [['thing', 'vault']], neverSent: ['vault', 'code'] },
  { guarantee: 'a guarded object type opens with its scope', scopes: ['vault'], query: '{ thing(id: "t1") { vault { code } } }', data: { thing: { vault: { code: '1234' } } }, refused: [] },
  { guarantee: 'a field that returns a guarded enum is null', scopes: anonymous, query: '{ thing(id: "t1") { id level } }', data: { thing: { id: 't1', level: null } }, refused: [['thing', 'level']], neverSent: ['level'] },
  { guarantee: 'a guarded enum is there for anybody signed in', scopes: nothing, query: '{ thing(id: "t1") { level } }', data: { thing: { level: 'HIGH' } }, refused: [] },
  // abstract types
  { guarantee: 'a field of an interface is refused when one of its types guards it', scopes: anonymous, query: '{ items { id price } }', data: { items: [{ id: 't1', price: null }, { id: 't2', price: null }, { id: 'g1', price: null }] }, refused: [['items', '@', 'price']], neverSent: ['price'] },
  { guarantee: 'a fragment on a type that does not guard it still has the field', scopes: anonymous, query: '{ items { id ... on Gadget { price } ... on Thing { price } } }', data: { items: [{ id: 't1', price: null }, { id: 't2', price: null }, { id: 'g1', price: 5 }] }, refused: [['items', '@', 'price']], sent: ['on Gadget'], neverSent: ['on Thing'] },
  { guarantee: 'a field of an interface opens with the scopes of all its types', scopes: ['things:price'], query: '{ items { price } }', data: { items: [{ price: 10 }, { price: 20 }, { price: 5 }] }, refused: [] },
  { guarantee: 'a fragment on a guarded member of a union is refused field by field', scopes: nothing, query: '{ found { __typename ... on Gadget { title } ... on Vault { code } } }', data: { found: [{ __typename: 'Gadget', title: 'Lamp' }, { __typename: 'Vault', code: null }] }, refused: [['found', '@', 'code']], neverSent: ['code'] },
  // fragments
  { guarantee: 'an inline fragment without a type hides nothing', scopes: anonymous, query: '{ users { ... { email } name } }', data: { users: [{ email: null, name: 'Ndapewa' }, { email: null, name: 'Tangeni' }] }, refused: [['users', '@', 'email']], neverSent: ['email'] },
  { guarantee: 'a named fragment is refused at each place that it is used', scopes: anonymous, query: 'query { users { ...F } thing(id: "t2") { owner { ...F } } } fragment F on User { name email }', data: { users: [{ name: 'Ndapewa', email: null }, { name: 'Tangeni', email: null }], thing: { owner: { name: 'Tangeni', email: null } } }, refused: [['users', '@', 'email'], ['thing', 'owner', 'email']], neverSent: ['email'] },
  { guarantee: 'a fragment in a fragment is followed', scopes: anonymous, query: 'query { users { ...A } } fragment A on User { ...B id } fragment B on User { things { ...C } } fragment C on Thing { title vault { code } }', data: { users: [{ things: [{ title: 'Pen', vault: null }], id: 'u1' }, { things: [{ title: 'Seal', vault: null }], id: 'u2' }] }, refused: [['users', '@', 'things', '@', 'vault']], neverSent: ['vault'] },
  { guarantee: 'a fragment on an interface is guarded wherever it is used', scopes: anonymous, query: 'query { things { ...I } } fragment I on Item { title price }', data: { things: [{ title: 'Pen', price: null }, { title: 'Seal', price: null }] }, refused: [['things', '@', 'price']], neverSent: ['price'] },
  // conditions
  { guarantee: 'what a condition leaves out is not reported', scopes: anonymous, query: 'query ($more: Boolean = false) { users { id email @include(if: $more) ... @skip(if: true) { email } } }', data: { users: [{ id: 'u1' }, { id: 'u2' }] }, refused: [], neverSent: ['email'] },
  { guarantee: 'what a condition lets in is reported', scopes: anonymous, query: 'query ($more: Boolean = false) { users { id email @include(if: $more) } }', variables: { more: true }, data: { users: [{ id: 'u1', email: null }, { id: 'u2', email: null }] }, refused: [['users', '@', 'email']], neverSent: ['email'] },
  // mutations
  { guarantee: 'a refused mutation does not happen', scopes: anonymous, query: 'mutation { rename(id: "t1", title: "Quill") { title } }', data: { rename: null }, refused: [['rename']], neverSent: ['rename'] },
  { guarantee: 'a mutation without its scope does not happen beside one that may', scopes: nothing, query: 'mutation { rename(id: "t1", title: "Quill") { title } remove(id: "t2") }', data: { rename: { title: 'Quill' }, remove: null }, refused: [['remove']], neverSent: ['remove'] },
  { guarantee: 'a mutation with its scope happens', scopes: ['things:write'], query: 'mutation { remove(id: "t2") }', data: { remove: true }, refused: [], sent: ['remove'] },
  { guarantee: 'a mutation that returns a guarded type does not happen', scopes: nothing, query: 'mutation { audit { code } }', data: { audit: null }, refused: [['audit']], neverSent: ['audit'] },
  { guarantee: 'a mutation happens when only what it returns is refused', scopes: anonymous, query: 'mutation { touch(id: "t1") { price } }', data: { touch: { price: null } }, refused: [['touch', 'price']], sent: ['touch'], neverSent: ['price'] },
];

describe.each(modes)('authorization, subgraphs %s', (mode) => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform(mode);
  });
  beforeEach(() => platform.forget());
  afterAll(() => platform.stop());

  it.each(cases)('$guarantee', async ({ scopes, query, variables, data, refused, neverSent = [], sent = [] }) => {
    const token = scopes && platform.issuer.issue({ scopes: [...scopes] });
    const { status, body } = await platform.ask(query, { token, ...(variables && { variables }) });
    expect(status).toBe(200);
    expect(body.data).toEqual(data);
    const errors = body.errors ?? [];
    expect(errors.map(({ path }) => path)).toEqual(refused);
    for (const { extensions } of errors) expect(extensions?.['code']).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    for (const word of neverSent) expect(platform.sent()).not.toMatch(new RegExp(`\\b${word}\\b`));
    for (const word of sent) expect(platform.sent()).toMatch(new RegExp(`\\b${word}\\b`));
  });

  it('keeps the plans of people with different rights apart', async () => {
    const query = '{ users { id email salary } }';
    const admin = platform.issuer.issue({ scopes: ['admin'] });
    const rights = [admin, undefined, platform.issuer.issue(), admin, undefined];
    const answers = [];
    for (const token of rights) answers.push((await platform.ask(query, { token })).body.data?.['users'][0]);
    const full = { id: 'u1', email: 'ndapewa@example.org', salary: 100 };
    expect(answers).toEqual([full, { ...full, email: null, salary: null }, { ...full, salary: null }, full, { ...full, email: null, salary: null }]);
  });

  it('says what is missing to whom', async () => {
    const nobody = await platform.ask('{ users { salary } }');
    expect(nobody.body.errors?.[0]).toMatchObject({ message: expect.stringContaining('Sign in first'), extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE', reason: 'UNAUTHENTICATED' } });
    const somebody = await platform.ask('{ users { salary } }', { token: platform.issuer.issue() });
    expect(somebody.body.errors?.[0]).toMatchObject({ extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE', reason: 'MISSING_SCOPE', requiredScopes: [[['users:salary', 'users:read'], ['admin']]] } });
  });
});
