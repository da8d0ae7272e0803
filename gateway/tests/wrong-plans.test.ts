import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { anonymous, unknownClient } from '@buffrsign/kernel/gateway';
import { execute, parse, type ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadSupergraph } from '../src/supergraph.ts';
import { gatewayOf } from './support/gateway.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@interfaceObject"])';
type Toy = readonly [sdl: string, resolvers?: object];

const compose = (subgraphs: Readonly<Record<string, Toy>>): string => {
  const { supergraphSdl, errors } = composeServices(Object.entries(subgraphs).map(([name, [sdl]]) => ({ name, url: `http://${name}`, typeDefs: parse(`${LINK}\n${sdl}`) })));
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};

const ask = async (subgraphs: Readonly<Record<string, Toy>>, query: string): Promise<ExecutionResult> => {
  const transports = Object.fromEntries(
    Object.entries(subgraphs).map(([name, [sdl, resolvers = {}]]) => {
      const schema = buildSubgraphSchema([{ typeDefs: parse(`${LINK}\n${sdl}`), resolvers: resolvers as never }]);
      const run = async (request: { query: string; variables?: Readonly<Record<string, unknown>> }): Promise<ExecutionResult> =>
        JSON.parse(JSON.stringify(await execute({ schema, document: parse(request.query), variableValues: request.variables as Record<string, unknown> }))) as ExecutionResult;
      return [name, { execute: run, subscribe: run }];
    }),
  );
  const gateway = gatewayOf(loadSupergraph(compose(subgraphs)), transports);
  return gateway.answer({ document: parse(query), operationName: undefined, variables: {}, context: { actor: anonymous, client: unknownClient, requestId: 'req_1', signal: new AbortController().signal } }, { acts: true });
};

const posts: Toy = ['type Post @key(fields: "id") { id: ID! comments(limit: Int!): [Comment] price(currency: String! = "NAD"): Int } type Comment { text: String } type Query { post: Post }'];

describe('a supergraph that the planner would answer wrongly is not served, and its author is told why', () => {
  it.each([
    ['requires a field with arguments, given', 'type Post @key(fields: "id") { id: ID! comments(limit: Int!): [Comment] @external author: String @requires(fields: "comments(limit: 3) { text }") } type Comment { text: String @external }', 'Post.comments'],
    ['requires a field with arguments, left to their defaults', 'type Post @key(fields: "id") { id: ID! price(currency: String! = "NAD"): Int @external shipping: Int @requires(fields: "price") }', 'Post.price'],
  ])('%s', (_what, sdl, named) => {
    expect(() => loadSupergraph(compose({ posts, other: [sdl] }))).toThrow(new RegExp(`@requires of ${named}, which takes arguments`));
  });

  it('requires a field with arguments inside of another', () => {
    const wares: Toy = ['type Ware @key(fields: "id") { id: ID! kind: Kind } type Kind { average(currency: String!): Int } type Query { ware: Ware }'];
    const shop: Toy = ['type Ware @key(fields: "id") { id: ID! kind: Kind @external cheap: Boolean @requires(fields: "kind { average(currency: \\"NAD\\") }") } type Kind { average(currency: String!): Int @external }'];
    expect(() => loadSupergraph(compose({ wares, shop }))).toThrow(/Ware\.cheap has @requires of Kind\.average/);
  });

  it('has keys that go different ways into the same object', () => {
    const a: Toy = [
      'type A @key(fields: "id") @key(fields: "composite { one two }") @key(fields: "id composite { two three }") { id: ID! composite: Composite! name: String! } type Composite { one: ID! two: ID! three: ID! } type Query { a: A }',
    ];
    const b: Toy = ['type A @key(fields: "id composite { two three }") { id: ID! composite: Composite! other: String! } type Composite { two: ID! three: ID! } type Query { b: A }'];
    expect(() => loadSupergraph(compose({ a, b }))).toThrow(/keys of A overlap in composite/);
  });

  it('but not one with several keys, or with a key into an object', () => {
    const a: Toy = ['type A @key(fields: "id") @key(fields: "site { code } number") { id: ID! number: Int! site: Site! name: String } type Site { code: String! } type Query { a: A }'];
    const b: Toy = ['type A @key(fields: "site { code } number") { number: Int! site: Site! other: String } type Site { code: String! } type Query { b: A }'];
    expect(() => loadSupergraph(compose({ a, b }))).not.toThrow();
  });
});

describe.each([
  ['that others may enter', true],
  ['that nobody may enter', false],
])('of an interface known as an object, in a subgraph %s, what cannot be known is null with an error', (_what, resolvable) => {
  const nodes: Toy = ['interface Node @key(fields: "id") { id: ID! } type Ware implements Node @key(fields: "id") { id: ID! name: String! } type Query { nothing: String }', { Node: { __resolveType: () => 'Ware' }, Ware: { __resolveReference: () => null } }];
  const known = { id: 'w1', mark: 'blue' };
  const marks: Toy = [
    `type Node @key(fields: "id"${resolvable ? '' : ', resolvable: false'}) @interfaceObject { id: ID! mark: String } type Query { maybe: Node surely: Node! list: [Node!] }`,
    { Node: { __resolveReference: () => known }, Query: { maybe: () => known, surely: () => known, list: () => [known] } },
  ];

  it('so is the object whose kind nobody says', async () => {
    const answer = await ask({ nodes, marks }, '{ maybe { __typename id } list { __typename id } }');
    expect(answer.data).toEqual({ maybe: null, list: null });
    expect(answer.errors?.map(({ path }) => path)).toEqual([
      ['maybe', '__typename'],
      ['list', 0, '__typename'],
    ]);
  });

  it('where it cannot be null, nothing is left of the answer but the error', async () => {
    const { data, errors } = await ask({ nodes, marks }, '{ surely { __typename } }');
    expect([data, errors?.length]).toEqual([null, 1]);
  });

  it('but its fields that are known are answered', async () => {
    expect(await ask({ nodes, marks }, '{ maybe { id mark } }')).toEqual({ data: { maybe: { id: 'w1', mark: 'blue' } } });
  });
});

describe('of an interface known as an object, in a subgraph that is asked for a name once more', () => {
  const wares: Toy = ['interface Node @key(fields: "id") { id: ID! } type Ware implements Node @key(fields: "id") { id: ID! name: String! } type Query { nodes: [Node!] }', { Node: { __resolveType: () => 'Ware' }, Query: { nodes: () => [{ id: 'w1', name: 'Cup' }] } }];
  const marks: Toy = ['type Node @key(fields: "id") @interfaceObject { id: ID! mark: String notes: [String!] } type Query { nothing: String }', { Node: { __resolveReference: ({ id }: { id: string }) => ({ id, mark: 'blue', notes: ['a'] }) } }];

  it('each object keeps the name that its own subgraph gave it', async () => {
    expect(await ask({ wares, marks }, '{ nodes { mark ... on Ware { notes __typename name } kind: __typename } }')).toEqual({ data: { nodes: [{ mark: 'blue', notes: ['a'], __typename: 'Ware', name: 'Cup', kind: 'Ware' }] } });
  });
});
