import { describe, expect, it } from 'vitest';
import { askToys, type Toy } from './support/toy-graph.ts';

const ware = { id: 'w1', other: 'w2', price: '10', weight: '500', maker: { code: 'm1', price: 'free' } };
const reference = { __resolveReference: (representation: object) => representation };

const subgraphs: Readonly<Record<string, Toy>> = {
  wares: [
    `type Ware @key(fields: "id") { id: ID! other: ID! price: String weight: String! maker: Maker all: [Ware!] } type Maker { code: ID! price: String! fails: String } interface Thing { id: ID! }
     type Cup implements Thing { id: ID! size: String } type Query { ware: Ware things: [Thing] }`,
    {
      Query: { ware: () => ware, things: () => [{ __typename: 'Cup', id: 'c1', size: 'S' }] },
      Ware: { __resolveReference: () => ware, all: () => [ware] },
      Maker: {
        fails: () => {
          throw new Error('broken');
        },
      },
    },
  ],
  names: ['type Ware @key(fields: "id") { id: ID! name: String }', { Ware: { ...reference, name: ({ id }: { id: string }) => `name of ${id}` } }],
  shop: [
    'type Ware @key(fields: "id") { id: ID! price: String @external maker: Maker @external shipping: String @requires(fields: "price maker { code }") } type Maker @external { code: ID! }',
    { Ware: { ...reference, shipping: ({ price, maker }: typeof ware) => `${price} by ${maker.code}` } },
  ],
};

const ask = (query: string) => askToys(subgraphs, query);

describe('what a client names as a field is named is never taken for it', () => {
  it.each([
    ['a required field', '{ ware { price: weight shipping } }', { price: '500', shipping: '10 by m1' }],
    ['a required field, by what comes from elsewhere', '{ ware { price: name shipping } }', { price: 'name of w1', shipping: '10 by m1' }],
    ['a key', '{ ware { id: other name } }', { id: 'w2', name: 'name of w1' }],
    ['a key, and the key by another name', '{ ware { id: other other: id name shipping } }', { id: 'w2', other: 'w1', name: 'name of w1', shipping: '10 by m1' }],
    ['a key, by a fragment', '{ ware { ...Key name } } fragment Key on Ware { id: weight }', { id: '500', name: 'name of w1' }],
    ['what stands inside of what is required', '{ ware { maker { code: price } shipping } }', { maker: { code: 'free' }, shipping: '10 by m1' }],
    ['an object that is required', '{ ware { maker: all { code: id } shipping } }', { maker: [{ code: 'w1' }], shipping: '10 by m1' }],
    ['the name of the type', '{ ware { __typename: id name } }', { __typename: 'w1', name: 'name of w1' }],
    ['the name of the type, also inside of lists', '{ ware { all { __typename: weight kind: __typename shipping } } }', { all: [{ __typename: '500', kind: 'Ware', shipping: '10 by m1' }] }],
    ['a field by the name of the type', '{ ware { price: __typename id: __typename shipping } }', { price: 'Ware', id: 'Ware', shipping: '10 by m1' }],
    ['what such a name becomes', '{ ware { client_id: weight id: other client_client_id: price name } }', { client_id: '500', id: 'w2', client_client_id: '10', name: 'name of w1' }],
    ['nothing, by a name of its own', '{ ware { mine: id name: name } }', { mine: 'w1', name: 'name of w1' }],
  ])('%s', async (_what, query, expected) => {
    expect(await ask(query)).toEqual({ data: { ware: expected } });
  });

  it('on an interface', async () => {
    expect(await ask('{ things { __typename: id id: __typename ... on Cup { code: size } } }')).toEqual({ data: { things: [{ __typename: 'c1', id: 'Cup', code: 'S' }] } });
  });

  it('at the root, and of the schema', async () => {
    expect(await ask('{ shipping: ware { id } ware: __typename price: __type(name: "Cup") { name: kind } }')).toEqual({ data: { shipping: { id: 'w1' }, ware: 'Query', price: { name: 'OBJECT' } } });
  });

  it('an error stands at the place that the client knows', async () => {
    const { data, errors } = await ask('{ id: ware { name: maker { code: fails } } }');
    expect([data, errors?.map(({ path }) => path)]).toEqual([{ id: { name: { code: null } } }, [['id', 'name', 'code']]]);
  });
});
