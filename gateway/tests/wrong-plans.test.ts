import type { GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadSupergraph } from '../src/supergraph.ts';
import { askToys, composeToys, type Toy } from './support/toy-graph.ts';

/** A ware whose price comes in any currency, of which others know it in one. */
const prices: Readonly<Record<string, number>> = { NAD: 180, USD: 10, EUR: 9 };
const price = ({ currency }: { currency: string }): number | undefined => prices[currency];
const wares: Toy = [
  `type Ware @key(fields: "id") { id: ID! price(currency: String! = "NAD"): Int kind: Kind parts(first: Int!): [Part!] } type Kind { average(currency: String!): Int } type Part { name: String price(currency: String!): Int }
   type Query { ware: Ware }`,
  {
    Query: { ware: () => ({ id: 'w1', kind: {} }) },
    Ware: { __resolveReference: ({ id }: { id: string }) => ({ id, kind: {} }), price: (_ware: unknown, asked: { currency: string }) => price(asked), parts: (_ware: unknown, { first }: { first: number }) => ['a', 'b', 'c'].slice(0, first).map((name) => ({ name })) },
    Kind: { average: (_kind: unknown, asked: { currency: string }) => price(asked) },
    Part: { price: (_part: unknown, asked: { currency: string }) => price(asked) },
  },
];
const told = (field: string) => (representation: object) => JSON.stringify((representation as Record<string, unknown>)[field]);
const reference = { __resolveReference: (representation: object) => representation };

describe('what a subgraph requires with arguments is fetched apart from what the client asks for with others', () => {
  const shop = (sdl: string, resolvers: object): Readonly<Record<string, Toy>> => ({ wares, shop: [sdl, { Ware: { ...reference, ...resolvers } }] });

  it.each([
    ['with others', '{ ware { price(currency: "EUR") shipping } }', { price: 9, shipping: '10' }],
    ['with the same', '{ ware { price(currency: "USD") shipping } }', { price: 10, shipping: '10' }],
    ['not at all', '{ ware { shipping } }', { shipping: '10' }],
    ['under other names', '{ ware { shipping: price(currency: "EUR") price: shipping } }', { shipping: 9, price: '10' }],
  ])('asked for %s', async (_what, query, expected) => {
    const sdl = 'type Ware @key(fields: "id") { id: ID! price(currency: String! = "NAD"): Int @external shipping: String @requires(fields: "price(currency: \\"USD\\")") }';
    expect(await askToys(shop(sdl, { shipping: told('price') }), query)).toEqual({ data: { ware: expected } });
  });

  it('also where they are left to their defaults', async () => {
    const sdl = 'type Ware @key(fields: "id") { id: ID! price(currency: String! = "NAD"): Int @external shipping: String @requires(fields: "price") }';
    expect(await askToys(shop(sdl, { shipping: told('price') }), '{ ware { price(currency: "EUR") shipping } }')).toEqual({ data: { ware: { price: 9, shipping: '180' } } });
  });

  it('also inside of another field, and in lists', async () => {
    const sdl = `type Ware @key(fields: "id") { id: ID! kind: Kind @external parts(first: Int!): [Part!] @external cheap: String @requires(fields: "kind { average(currency: \\"NAD\\") }") sum: String @requires(fields: "parts(first: 2) { name price(currency: \\"USD\\") }") }
      type Kind @external { average(currency: String!): Int } type Part @external { name: String price(currency: String!): Int }`;
    const query = '{ ware { cheap sum kind { average(currency: "EUR") } parts(first: 1) { price(currency: "EUR") } } }';
    const parts = [{ name: 'a', price: 10 }, { name: 'b', price: 10 }];
    const { data, errors } = await askToys(shop(sdl, { cheap: told('kind'), sum: told('parts') }), query);
    const { cheap, sum, ...rest } = (data as { ware: { cheap: string; sum: string } }).ware;
    expect([errors, rest]).toEqual([undefined, { kind: { average: 9 }, parts: [{ price: 9 }] }]);
    expect([JSON.parse(cheap), JSON.parse(sum)]).toEqual([{ average: 180 }, parts]);
  });

  it('also by two fields of one type, with arguments of their own', async () => {
    const sdl = `type Ware @key(fields: "id") { id: ID! price(currency: String! = "NAD"): Int @external
      inUsd: String @requires(fields: "price(currency: \\"USD\\")") inEur: String @requires(fields: "price(currency: \\"EUR\\")") again: String @requires(fields: "price(currency: \\"USD\\")") none(first: Int): Int }`;
    const resolvers = { inUsd: told('price'), inEur: told('price'), again: told('price'), none: (_ware: unknown, { first }: { first: number }) => first };
    expect(await askToys(shop(sdl, resolvers), '{ ware { inUsd inEur again none(first: 3) price } }')).toEqual({ data: { ware: { inUsd: '10', inEur: '9', again: '10', none: 3, price: 180 } } });
  });

  it('also where an interface is required', async () => {
    const held: Toy = [
      'type Box @key(fields: "id") { id: ID! inside: Priced } interface Priced { price(currency: String!): Int } type Cup implements Priced { price(currency: String!): Int } type Query { box: Box }',
      { Query: { box: () => ({ id: 'b1', inside: { __typename: 'Cup' } }) }, Cup: { price: (_cup: unknown, asked: { currency: string }) => price(asked) } },
    ];
    const labels: Toy = [
      'type Box @key(fields: "id") { id: ID! inside: Priced @external label: String @requires(fields: "inside { price(currency: \\"USD\\") }") } interface Priced { price(currency: String!): Int } type Cup implements Priced { price(currency: String!): Int @external }',
      { Box: { ...reference, label: ({ inside }: { inside: { price: number } }) => `costs ${inside.price}` } },
    ];
    expect(await askToys({ held, labels }, '{ box { label inside { price(currency: "EUR") } } }')).toEqual({ data: { box: { label: 'costs 10', inside: { price: 9 } } } });
  });

  it('and clients cannot ask for it by the name that it has meanwhile', async () => {
    const sdl = 'type Ware @key(fields: "id") { id: ID! price(currency: String! = "NAD"): Int @external shipping: String @requires(fields: "price") }';
    const { schema, supergraphSchema } = loadSupergraph(composeToys(shop(sdl, {})));
    for (const one of [schema, supergraphSchema]) expect(Object.keys((one.getType('Ware') as GraphQLObjectType).getFields()).sort()).toEqual(['id', 'kind', 'parts', 'price', 'shipping']);
  });
});

describe('a field that requires others', () => {
  const items: Toy = [
    'type Item @key(fields: "id") { id: ID! weight: Int! name: String } type Query { item: Item } type Mutation { drop: Item keep: Item }',
    {
      Query: { item: () => ({ id: 'i1' }) },
      Mutation: {
        keep: () => ({ id: 'i1' }),
        drop: () => {
          throw new Error('must not happen');
        },
      },
      Item: { __resolveReference: ({ id }: { id: string }) => ({ id }), weight: () => 7, name: () => 'cup' },
    },
  ];
  const shipping: Toy = [
    'type Item @key(fields: "id") { id: ID! weight: Int! @external cost: String @requires(fields: "weight") } type Query { cheapest: Item }',
    { Query: { cheapest: () => ({ id: 'i1' }) }, Item: { ...reference, cost: told('weight') } },
  ];
  const offers: Toy = [
    'type Item @key(fields: "id") { id: ID! cost: String @external name: String @external price: String @requires(fields: "cost") label: String @requires(fields: "name") similar: [Item!]! }',
    { Item: { ...reference, price: told('cost'), label: told('name'), similar: () => [{ id: 'i1' }] } },
  ];
  const ask = (query: string) => askToys({ items, shipping, offers }, query);

  it('is worked out with what it requires, also for another that requires it, where its subgraph was asked before', async () => {
    expect(await ask('{ cheapest { price cost } }')).toEqual({ data: { cheapest: { price: '"7"', cost: '7' } } });
    expect(await ask('{ cheapest { similar { price } } item { cost price } }')).toEqual({ data: { cheapest: { similar: [{ price: '"7"' }] }, item: { cost: '7', price: '"7"' } } });
  });

  it.each([
    ['on itself', '{ item { similar { id } label @skip(if: true) price @include(if: false) } }', { item: { similar: [{ id: 'i1' }] } }],
    ['on a fragment', '{ item { similar { id } ...Label @skip(if: true) } } fragment Label on Item { ... on Item { label } }', { item: { similar: [{ id: 'i1' }] } }],
    ['on what it is in', '{ item { similar { name } similar @skip(if: true) { label } } }', { item: { similar: [{ name: 'cup' }] } }],
    ['where the query begins', '{ item { similar { id } } ... @include(if: false) { item { label } } }', { item: { similar: [{ id: 'i1' }] } }],
  ])('costs no others what they are asked for when it is switched off %s', async (_what, query, expected) => {
    expect(await ask(query)).toEqual({ data: expected });
    const byVariables = query.replaceAll('if: true', 'if: $on').replaceAll('if: false', 'if: $off').replace('{', 'query ($on: Boolean = true, $off: Boolean = false) { __typename');
    expect(await ask(byVariables)).toEqual({ data: { __typename: 'Query', ...expected } });
  });

  it('does not make a mutation happen that is switched off', async () => {
    expect(await ask('mutation ($off: Boolean = false) { keep { id label } drop @include(if: $off) { label } ...Drop } fragment Drop on Mutation { drop @include(if: $off) { label } }')).toEqual({ data: { keep: { id: 'i1', label: '"cup"' } } });
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
