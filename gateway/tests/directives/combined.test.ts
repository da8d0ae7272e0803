import { anonymous, type Actor } from '@buffrsign/kernel/gateway';
import { describe, expect, it } from 'vitest';
import { loadSupergraph } from '../../src/supergraph.ts';
import { composeWorld, startWorld, type Written } from './world.ts';

const user = (...scopes: string[]): Actor => ({ kind: 'user', id: 'u1', organizationId: 'o1', scopes });

const letters: Written = {
  sdl: `
    type Box @authenticated { label: String @requiresScopes(scopes: [["box:read"]]) seal: String @policy(policies: [["p"]]) }
    enum Colour @requiresScopes(scopes: [["colour"]]) { RED }
    type Query {
      box: Box
      scoped: Box @requiresScopes(scopes: [["root"]])
      both: String @requiresScopes(scopes: [["a", "b"], ["c"]]) @policy(policies: [["p", "q"], ["r"]])
      colour: Colour @policy(policies: [["p"]])
      shared: String @requiresScopes(scopes: [["one"]]) @shareable
      nobody: String @policy(policies: [])
    }
  `,
  resolvers: { Query: { box: () => ({ label: 'l', seal: 's' }), scoped: () => ({ label: 'l' }), both: () => 'both', colour: () => 'RED', shared: () => 'shared', nobody: () => 'never' } },
};
const numbers: Written = {
  sdl: 'type Query { shared: String @requiresScopes(scopes: [["two"]]) @shareable }',
  resolvers: { Query: { shared: () => 'shared' } },
};

/** Policies hold by the scopes of the same name. */
const world = startWorld({ letters, numbers }, async (names, actor) => new Map(names.map((name) => [name, actor.kind === 'user' && actor.scopes.includes(name)])));

describe('demands at one place must be met, all of them:', () => {
  it.each<[guarantee: string, query: string, actor: Actor, refused: readonly string[]]>([
    ['a field of a guarded type is refused by the type', '{ box { label } }', anonymous, ['box']],
    ['a field is refused by itself where its type is open to the actor', '{ box { label } }', user(), ['box.label']],
    ['a field and its type open together', '{ box { label } }', user('box:read'), []],
    ['a root field and the type it returns: the one is not enough', '{ scoped { __typename } }', user(), ['scoped']],
    ['a root field and the type it returns: both', '{ scoped { __typename } }', user('root'), []],
    ['an enum and its field: the scope alone is not enough', '{ colour }', user('colour'), ['colour']],
    ['an enum and its field: the policy alone is not enough', '{ colour }', user('p'), ['colour']],
    ['an enum and its field: both', '{ colour }', user('colour', 'p'), []],
    ['half of an inner list of scopes is not enough', '{ both }', user('a', 'r'), ['both']],
    ['half of an inner list of policies is not enough', '{ both }', user('a', 'b', 'p'), ['both']],
    ['scopes of one list and policies of one list are', '{ both }', user('a', 'b', 'p', 'q'), []],
    ['any other list is as good', '{ both }', user('c', 'r'), []],
    ['what two subgraphs demand of a shared field: one of them is not enough', '{ shared }', user('one'), ['shared']],
    ['what two subgraphs demand of a shared field: both', '{ shared }', user('one', 'two'), []],
    ['policies without any list hold for nobody', '{ nobody }', user('p', 'q', 'r'), ['nobody']],
    ['a policy without @authenticated does not ask who somebody is', '{ nobody colour }', anonymous, ['nobody', 'colour']],
  ])('%s', async (_guarantee, query, actor, refused) => {
    const { errors } = await world.ask(query, actor);
    expect(errors?.map(({ path }) => path?.join('.')) ?? []).toEqual(refused);
  });

  it('the reason is the first thing that an actor could mend', async () => {
    const reasons = async (query: string, actor: Actor) => (await world.ask(query, actor)).errors?.map(({ extensions }) => extensions['reason']);
    expect(await reasons('{ box { label } }', anonymous)).toEqual(['UNAUTHENTICATED']);
    expect(await reasons('{ both }', user('r'))).toEqual(['MISSING_SCOPE']);
    expect(await reasons('{ both }', user('c'))).toEqual(['POLICY_NOT_MET']);
  });

  it('names of policies are told to nobody', async () => {
    const { errors } = await world.ask('{ box { seal } both }', user('c'));
    expect(errors).toHaveLength(2);
    expect(JSON.stringify(errors)).not.toMatch(/"[pqr]"/);
  });
});

it('a root type can be guarded as a whole', async () => {
  const whole = startWorld({ one: { sdl: 'type Query @authenticated { a: String b: String }', resolvers: { Query: { a: () => 'a', b: () => 'b' } } } });
  expect((await whole.ask('{ a b }', anonymous)).errors?.map(({ path }) => path)).toEqual([['a'], ['b']]);
  expect(await whole.ask('{ a b }', user())).toEqual({ data: { a: 'a', b: 'b' } });
});

describe('a supergraph that demands policies', () => {
  it('is not served where nothing decides them, and the place is named', () => {
    expect(() => loadSupergraph(composeWorld({ letters, numbers }))).toThrow(/uses @policy \(at Box\.seal\), and nothing decides its policies/);
  });

  it('is not served under another name of the directive, where it would protect nothing', () => {
    const sdl = composeWorld({ letters, numbers }).replaceAll('@policy(', '@rule(').replace('import: ["@policy"]', 'import: [{ name: "@policy", as: "@rule" }]').replace('directive @policy', 'directive @rule').replace('policy/v0.1", for', 'policy/v0.1", as: "rule", for');
    expect(() => loadSupergraph(sdl, { policies: true })).toThrow(/calls @policy by the name @rule/);
  });
});
