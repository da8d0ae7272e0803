import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { parse, type GraphQLSchema } from 'graphql';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes"])';

const users = parse(`${link}
  type User @key(fields: "id") {
    id: ID!
    name: String!
    email: String @authenticated
    salary: Int @requiresScopes(scopes: [["users:salary", "users:read"], ["admin"]])
  }
  type Query {
    me: User @authenticated
    users: [User!]!
    failing: String
    leaking: String
  }
`);

const things = parse(`${link}
  interface Item { id: ID! title: String! price: Int }
  type Thing implements Item @key(fields: "id") {
    id: ID!
    title: String!
    price: Int @requiresScopes(scopes: [["things:price"]])
    owner: User
    vault: Vault
    level: Level
  }
  type Gadget implements Item { id: ID! title: String! price: Int }
  type Vault @requiresScopes(scopes: [["vault"]]) { code: String }
  union Found = Gadget | Vault
  enum Level @authenticated { LOW HIGH }
  type User @key(fields: "id") { id: ID! things: [Thing!]! }
  type Count { value: Int! thing: Thing hidden: Int @requiresScopes(scopes: [["count"]]) }
  type Query {
    things: [Thing!]!
    thing(id: ID!): Thing
    items: [Item!]!
    found: [Found!]!
  }
  type Mutation {
    rename(id: ID!, title: String!): Thing @authenticated
    remove(id: ID!): Boolean @requiresScopes(scopes: [["things:write"]])
    audit: Vault
    touch(id: ID!): Thing
  }
  type Subscription {
    counted(step: Int! = 1): Count
    watched: Count @authenticated
    refused: Count
  }
`);

/** Events that a test lets happen, to any number of readers; knows how many there are. */
export const createTicker = () => {
  const readers = new Set<{ push(value: number): void }>();
  return {
    readers: () => readers.size,
    tick: (value: number) => readers.forEach((reader) => reader.push(value)),
    listen: (): AsyncIterableIterator<number> => {
      const waiting: number[] = [];
      let wake: (() => void) | undefined;
      let over = false;
      const reader = { push: (value: number) => (waiting.push(value), wake?.()) };
      readers.add(reader);
      return {
        [Symbol.asyncIterator]() {
          return this;
        },
        async next() {
          while (waiting.length === 0 && !over) await new Promise<void>((resolve) => (wake = resolve));
          return over ? { done: true, value: undefined } : { done: false, value: waiting.shift()! };
        },
        async return() {
          over = true;
          readers.delete(reader);
          wake?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
};

export type Ticker = ReturnType<typeof createTicker>;

const people = [
  { id: 'u1', name: 'Ndapewa', email: 'ndapewa@example.org', salary: 100 },
  { id: 'u2', name: 'Tangeni', email: 'tangeni@example.org', salary: 200 },
];
const inventory = [
  { __typename: 'Thing', id: 't1', title: 'Pen', price: 10, owner: { id: 'u1' }, vault: { code: '1234' }, level: 'HIGH' },
  { __typename: 'Thing', id: 't2', title: 'Seal', price: 20, owner: { id: 'u2' }, vault: { code: '5678' }, level: 'LOW' },
];
const gadget = { __typename: 'Gadget', id: 'g1', title: 'Lamp', price: 5 };

type Resolvers = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number] extends infer Module ? (Module extends { resolvers?: infer R } ? NonNullable<R> : never) : never;

const byId = <Row extends { id: string }>(rows: readonly Row[], id: string) => rows.find((row) => row.id === id);

export interface Toys {
  readonly schemas: Readonly<Record<'users' | 'things', GraphQLSchema>>;
  readonly ticker: Ticker;
}

export const createToys = (): Toys => {
  const ticker = createTicker();
  const userResolvers = {
    User: { __resolveReference: ({ id }: { id: string }) => byId(people, id) },
    Query: {
      me: (_: unknown, __: unknown, { actor }: { actor: { id?: string } }) => byId(people, actor.id ?? ''),
      users: () => people,
      failing: () => {
        throw Object.assign(new Error('No such thing here.'), { extensions: { code: 'NOT_FOUND' } });
      },
      leaking: () => {
        throw new Error('password authentication failed for user "postgres"');
      },
    },
  };
  const count = (value: number) => ({ value, hidden: value * 100, thing: inventory[0] });
  const countEvery = (step: number) => ({
    subscribe: () => ticker.listen(),
    resolve: (value: number) => count(value * step),
  });
  const thingResolvers = {
    Thing: { __resolveReference: ({ id }: { id: string }) => byId(inventory, id) },
    User: { __resolveReference: ({ id }: { id: string }) => ({ id }), things: ({ id }: { id: string }) => inventory.filter((thing) => thing.owner.id === id) },
    Query: {
      things: () => inventory,
      thing: (_: unknown, { id }: { id: string }) => byId(inventory, id),
      items: () => [...inventory, gadget],
      found: () => [gadget, { __typename: 'Vault', code: '9999' }],
    },
    Mutation: {
      rename: (_: unknown, { id, title }: { id: string; title: string }) => ({ ...byId(inventory, id), title }),
      remove: () => true,
      audit: () => ({ code: '0000' }),
      touch: (_: unknown, { id }: { id: string }) => byId(inventory, id),
    },
    Subscription: {
      counted: { subscribe: () => ticker.listen(), resolve: (value: number, { step }: { step: number }) => count(value * step) },
      watched: countEvery(1),
      refused: {
        subscribe: () => {
          throw Object.assign(new Error('This is not yours to watch.'), { extensions: { code: 'FORBIDDEN' } });
        },
      },
    },
  };
  return {
    ticker,
    schemas: {
      users: buildSubgraphSchema([{ typeDefs: users, resolvers: userResolvers as unknown as Resolvers }]),
      things: buildSubgraphSchema([{ typeDefs: things, resolvers: thingResolvers as unknown as Resolvers }]),
    },
  };
};

export const compose = (urls: Readonly<Record<'users' | 'things', string>> = { users: '', things: '' }): string => {
  const { supergraphSdl, errors } = composeServices([
    { name: 'users', url: urls.users, typeDefs: users },
    { name: 'things', url: urls.things, typeDefs: things },
  ]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
};
