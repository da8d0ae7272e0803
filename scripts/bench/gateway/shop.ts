import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';

/** A small shop over four subgraphs, bare of anything but data, so that gateways are what is measured. */
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@external", "@shareable"])';

const sdl = {
  accounts: `type User @key(fields: "id") { id: ID! name: String username: String birthday: Int } type Query { me: User user(id: ID!): User users: [User] }`,
  inventory: `type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean shippingEstimate: Int @requires(fields: "price weight") }`,
  products: `type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int } type Query { topProducts(first: Int = 5): [Product] }`,
  reviews: `type Review @key(fields: "id") { id: ID! body: String product: Product author: User }
            type User @key(fields: "id") { id: ID! reviews: [Review] }
            type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
} as const;

export type ShopSubgraph = keyof typeof sdl;
export const shopSubgraphs = Object.keys(sdl) as ShopSubgraph[];

const typeDefsOf = (name: ShopSubgraph) => parse(`${LINK}\n${sdl[name]}`);

const people = Array.from({ length: 6 }, (_, index) => ({ id: String(index + 1), name: `Person ${index + 1}`, username: `@person${index + 1}`, birthday: 1_970 + index }));
const wares = Array.from({ length: 9 }, (_, index) => ({ upc: String(index + 1), name: `Ware number ${index + 1}`, price: 100 * (index + 1), weight: 50 * (index + 1), inStock: index % 2 === 0 }));
const sentences = ['Prints well on both sides and dries at once.', 'Too expensive for what it does, and it came late.', 'Could be better, could be worse; would buy again.', 'Prefer something else, but it does the work.'];
const reviews = Array.from({ length: 11 }, (_, index) => ({ id: String(index + 1), body: sentences[index % sentences.length]!, author: people[index % 2 === 0 ? 0 : index % 6]!, product: wares[index % 4]! }));

type Key = { readonly id: string; readonly upc: string };

const resolvers: Readonly<Record<ShopSubgraph, object>> = {
  accounts: {
    User: { __resolveReference: ({ id }: Key) => people.find((one) => one.id === id) },
    Query: { me: () => people[0], user: (_: unknown, { id }: Key) => people.find((one) => one.id === id), users: () => people },
  },
  inventory: {
    Product: {
      __resolveReference: (told: Key) => ({ ...told, inStock: wares.find((one) => one.upc === told.upc)?.inStock }),
      shippingEstimate: ({ price, weight }: { price: number; weight: number }) => (price > 1_000 ? 0 : Math.round(weight / 2)),
    },
  },
  products: {
    Product: { __resolveReference: ({ upc }: Key) => wares.find((one) => one.upc === upc) },
    Query: { topProducts: (_: unknown, { first }: { first: number }) => wares.slice(0, first) },
  },
  reviews: {
    Review: { __resolveReference: ({ id }: Key) => reviews.find((one) => one.id === id) },
    User: { reviews: ({ id }: Key) => reviews.filter((one) => one.author.id === id) },
    Product: { reviews: ({ upc }: Key) => reviews.filter((one) => one.product.upc === upc) },
  },
};

export const shopSchema = (name: ShopSubgraph): GraphQLSchema => buildSubgraphSchema([{ typeDefs: typeDefsOf(name), resolvers: resolvers[name] as never }]);

export const composeShop = (urlOf: (name: ShopSubgraph) => string): string => {
  const { supergraphSdl, errors } = composeServices(shopSubgraphs.map((name) => ({ name, url: urlOf(name), typeDefs: typeDefsOf(name) })));
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};

export interface BenchQuery {
  readonly name: 'light' | 'medium' | 'heavy';
  /** Bodies of requests that differ in their variables, where there are some. */
  readonly bodies: readonly string[];
  /** Requests until everything is compiled. */
  readonly warmUp: number;
}

const light = 'query Light($id: ID!) { user(id: $id) { id name username } }';
const medium = 'query Medium($first: Int!) { topProducts(first: $first) { upc name price inStock shippingEstimate reviews { id body author { name username } } } }';
const heavy = `
  query Heavy {
    users { ...Person reviews { ...Opinion product { ...Ware reviews { ...Opinion author { ...Person reviews { ...Opinion product { ...Ware } } } } } } }
    topProducts { ...Ware reviews { ...Opinion author { ...Person reviews { ...Opinion product { ...Ware } } } } }
  }
  fragment Person on User { id username name }
  fragment Opinion on Review { id body }
  fragment Ware on Product { inStock name price shippingEstimate upc weight }`;

const bodies = (query: string, variables: readonly object[]): string[] => variables.map((each) => JSON.stringify({ query, variables: each }));

/** Light asks one subgraph, medium all four, heavy all four again and again over five levels. */
export const benchQueries: readonly BenchQuery[] = [
  { name: 'light', bodies: bodies(light, people.map(({ id }) => ({ id }))), warmUp: 20_000 },
  { name: 'medium', bodies: bodies(medium, [3, 4, 5].map((first) => ({ first }))), warmUp: 15_000 },
  { name: 'heavy', bodies: bodies(heavy, [{}]), warmUp: 3_000 },
];
