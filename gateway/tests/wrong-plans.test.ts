import { describe, expect, it } from 'vitest';
import { loadSupergraph } from '../src/supergraph.ts';
import { askToys, composeToys, type Toy } from './support/toy-graph.ts';

const posts: Toy = ['type Post @key(fields: "id") { id: ID! comments(limit: Int!): [Comment] price(currency: String! = "NAD"): Int } type Comment { text: String } type Query { post: Post }'];

describe('a supergraph that the planner would answer wrongly is not served, and its author is told why', () => {
  it.each([
    ['requires a field with arguments, given', 'type Post @key(fields: "id") { id: ID! comments(limit: Int!): [Comment] @external author: String @requires(fields: "comments(limit: 3) { text }") } type Comment { text: String @external }', 'Post.comments'],
    ['requires a field with arguments, left to their defaults', 'type Post @key(fields: "id") { id: ID! price(currency: String! = "NAD"): Int @external shipping: Int @requires(fields: "price") }', 'Post.price'],
  ])('%s', (_what, sdl, named) => {
    expect(() => loadSupergraph(composeToys({ posts, other: [sdl] }))).toThrow(new RegExp(`@requires of ${named}, which takes arguments`));
  });

  it('requires a field with arguments inside of another', () => {
    const wares: Toy = ['type Ware @key(fields: "id") { id: ID! kind: Kind } type Kind { average(currency: String!): Int } type Query { ware: Ware }'];
    const shop: Toy = ['type Ware @key(fields: "id") { id: ID! kind: Kind @external cheap: Boolean @requires(fields: "kind { average(currency: \\"NAD\\") }") } type Kind { average(currency: String!): Int @external }'];
    expect(() => loadSupergraph(composeToys({ wares, shop }))).toThrow(/Ware\.cheap has @requires of Kind\.average/);
  });
});

it('an entity is looked up by a key that its subgraph knows, also where it has others that nobody can enter by, into the same object', async () => {
  const names: Toy = [
    'type A @key(fields: "id") @key(fields: "place { shelf row }", resolvable: false) { id: ID! place: Place! @shareable name: String! } type Place @shareable { shelf: ID! row: ID! box: ID! }',
    { A: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `name of ${id}` }) } },
  ];
  const a = { id: 'a1', place: { shelf: 's1', row: 'r1', box: 'b1' } };
  const labels: Toy = [
    `type A @key(fields: "place { shelf row }", resolvable: false) @key(fields: "id place { row box }") { id: ID! place: Place! @shareable name: String! @external label: String! @requires(fields: "name") }
     type Place @shareable { shelf: ID! row: ID! box: ID! } type Query { all: [A!]! }`,
    {
      Query: { all: () => [a] },
      A: { __resolveReference: (told: { id?: string; place: object; name: string }) => (told.id === 'a1' && JSON.stringify(told.place) === '{"row":"r1","box":"b1"}' ? { ...a, name: told.name } : null), label: ({ name }: { name: string }) => `label with ${name}` },
    },
  ];
  expect(await askToys({ names, labels }, '{ all { label } }')).toEqual({ data: { all: [{ label: 'label with name of a1' }] } });
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
    const answer = await askToys({ nodes, marks }, '{ maybe { __typename id } list { __typename id } }');
    expect(answer.data).toEqual({ maybe: null, list: null });
    expect(answer.errors?.map(({ path }) => path)).toEqual([
      ['maybe', '__typename'],
      ['list', 0, '__typename'],
    ]);
  });

  it('where it cannot be null, nothing is left of the answer but the error', async () => {
    const { data, errors } = await askToys({ nodes, marks }, '{ surely { __typename } }');
    expect([data, errors?.length]).toEqual([null, 1]);
  });

  it('but its fields that are known are answered', async () => {
    expect(await askToys({ nodes, marks }, '{ maybe { id mark } }')).toEqual({ data: { maybe: { id: 'w1', mark: 'blue' } } });
  });
});

describe('of an interface known as an object, in a subgraph that is asked for a name once more', () => {
  const wares: Toy = ['interface Node @key(fields: "id") { id: ID! } type Ware implements Node @key(fields: "id") { id: ID! name: String! } type Query { nodes: [Node!] }', { Node: { __resolveType: () => 'Ware' }, Query: { nodes: () => [{ id: 'w1', name: 'Cup' }] } }];
  const marks: Toy = ['type Node @key(fields: "id") @interfaceObject { id: ID! mark: String notes: [String!] } type Query { nothing: String }', { Node: { __resolveReference: ({ id }: { id: string }) => ({ id, mark: 'blue', notes: ['a'] }) } }];

  it('each object keeps the name that its own subgraph gave it', async () => {
    expect(await askToys({ wares, marks }, '{ nodes { mark ... on Ware { notes __typename name } kind: __typename } }')).toEqual({ data: { nodes: [{ mark: 'blue', notes: ['a'], __typename: 'Ware', name: 'Cup', kind: 'Ware' }] } });
  });
});
