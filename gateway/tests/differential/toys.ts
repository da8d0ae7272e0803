import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@interfaceObject", "@inaccessible"])';

const compose = (subgraphs: Readonly<Record<string, string>>): string => {
  const { supergraphSdl, errors } = composeServices(Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: `http://${name}`, typeDefs: parse(`${LINK}\n${sdl}`) })));
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
};

/** Small supergraphs for what the real one does not use. */
export const toys: Readonly<Record<string, () => string>> = {
  '@requires, in chains and through objects and lists': () =>
    compose({
      catalog: `
        type Item @key(fields: "id") { id: ID! weight: Int! size: Size! parts: [Part!] maker: Maker }
        type Size @shareable { width: Int height: Int! }
        type Part { name: String! grams: Int }
        type Maker @key(fields: "code") { code: String! land: String }
        type Query { items(first: Int): [Item!]! item(id: ID!): Item }`,
      shipping: `
        type Item @key(fields: "id") {
          id: ID!
          weight: Int! @external
          size: Size! @external
          parts: [Part!] @external
          cost: Int @requires(fields: "weight size { width height }")
          box(wrap: Boolean): String! @requires(fields: "parts { grams }")
        }
        type Size { width: Int @external height: Int! @external }
        type Part { grams: Int @external }
        type Query { cheapest: Item }`,
      offers: `
        type Item @key(fields: "id") { id: ID! cost: Int @external maker: Maker @external price: Int @requires(fields: "cost") origin: String @requires(fields: "maker { land }") similar: [Item] }
        type Maker @key(fields: "code") { code: String! land: String @external items: [Item!]! }
        type Query { best: [Item] }`,
    }),
  '@provides, @shareable and @override': () =>
    compose({
      authors: `type Author @key(fields: "id") { id: ID! name: String @shareable born: Int bio(long: Boolean = false): String } type Query { authors: [Author!]! today: String @shareable }`,
      books: `
        type Book @key(fields: "isbn") @key(fields: "shelf { row } number") { isbn: ID! shelf: Shelf! number: Int! title: String! writer: Author @provides(fields: "name") stock: Int chapters: [Chapter] @shareable }
        type Chapter { name: String }
        type Shelf { row: Int! }
        type Author @key(fields: "id") { id: ID! name: String @external books: [Book!] }
        type Query { books: [Book] book(isbn: ID!): Book @provides(fields: "writer { name }") today: String @shareable }`,
      store: `
        type Book @key(fields: "shelf { row } number") { shelf: Shelf! number: Int! stock: Int @override(from: "books") price: Float next: Book chapters: [Chapter] @shareable }
        type Chapter { pages: Int! }
        type Shelf { row: Int! @shareable }
        type Query { sale: [Book!] }
        type Mutation { reserve(number: Int!, note: String): Book restock(by: Int = 3): [Book!]! }`,
    }),
  'interfaces with keys, and as objects': () =>
    compose({
      media: `
        interface Media @key(fields: "id") { id: ID! title: String }
        type Film implements Media @key(fields: "id") { id: ID! title: String length: Int! director: String }
        type Song implements Media @key(fields: "id") { id: ID! title: String tune: String! }
        type Query { media: [Media!]! one(id: ID!): Media film: Film songs: [Song] }`,
      ratings: `
        type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int! remarks(first: Int): [Remark!] }
        type Remark @key(fields: "id") { id: ID! text: String on: Media }
        type Query { best: Media worst: [Media] remarks: [Remark!]! }
        type Mutation { rate(id: ID!, stars: Int!): Media }
        type Subscription { rated(above: Int): Media }`,
      people: `type Remark @key(fields: "id") { id: ID! by: Person } type Person @key(fields: "id") { id: ID! name: String! remarks: [Remark] }`,
    }),
  'unions, nested keys and hidden members': () =>
    compose({
      search: `
        union Hit = Page | Picture | Secret
        interface Node { id: ID! }
        type Page implements Node @key(fields: "id site { code }") { id: ID! site: Site! text: String }
        type Picture implements Node @key(fields: "id") { id: ID! width: Int }
        type Secret implements Node @key(fields: "id") @inaccessible { id: ID! word: String }
        type Site @key(fields: "code") { code: String! }
        enum Kind { BIG SMALL ODD @inaccessible }
        input Filter { words: [String!]! kind: Visible = A not: Filter }
        enum Visible { A B }
        scalar Free
        type Query { find(filter: Filter): [Hit!]! nodes: [Node]! lucky: Hit! }
        type Subscription { found(filter: Filter!): Hit! }`,
      sites: `
        enum Kind { BIG SMALL ODD @inaccessible }
        scalar Free
        type Site @key(fields: "code") { code: String! name: String! kind: Kind kinds: [Kind!] home: Page grid: [[Int]!]! mirror: Site! }
        type Page @key(fields: "id site { code }") { id: ID! site: Site! title: String! links: [Page!]! meta: Free }
        type Picture @key(fields: "id") { id: ID! of: Site tags: [String]! pages: [[Page!]] }
        type Query { site(code: String): Site sites: [Site!]! }
        type Mutation { publish(id: ID!): Page! retract: Site }`,
    }),
  'every entity in every subgraph, mutations that follow each other': () =>
    compose({
      a: `type User @key(fields: "id") { id: ID! name: String friends: [User!]! best: User } type Query { users: [User!]! me: User! } type Mutation { addA(n: Int): User renameA(to: String!): User! }`,
      b: `type User @key(fields: "id") { id: ID! age: Int! posts: [Post!]! } type Post @key(fields: "id") { id: ID! text: String by: User! } type Query { posts: [Post] } type Mutation { addB(n: Int): Post! }`,
      c: `type Post @key(fields: "id") { id: ID! likes: [User]! top: User! } type User @key(fields: "id") { id: ID! liked: [Post!] } type Query { liked: [Post!]! } type Mutation { like(id: ID!): Post }`,
    }),
};

/** Of these, the plans are not the planner's alone, and have in them what it never writes: the stock executor does not do all of that. */
export const toysOfOurs: typeof toys = {
  '@requires of fields with arguments': () =>
    compose({
      wares: `
        type Ware @key(fields: "id") { id: ID! name: String price(currency: String = "NAD"): Int kind: Kind parts(first: Int): [Part!]! }
        type Kind { average(of: Int!): Int label: String }
        type Part { name: String price(currency: String): Int }
        type Query { wares(first: Int): [Ware!]! ware(id: ID): Ware }`,
      shop: `
        type Ware @key(fields: "id") {
          id: ID!
          price(currency: String = "NAD"): Int @external
          kind: Kind @external
          parts(first: Int): [Part!]! @external
          usd: Int @requires(fields: "price(currency: \\"USD\\")")
          eur(exactly: Boolean): Int! @requires(fields: "price(currency: \\"EUR\\")")
          plain: String @requires(fields: "price")
          cheap: Boolean @requires(fields: "kind { average(of: 3) label }")
          sum: Int @requires(fields: "parts(first: 2) { price(currency: \\"USD\\") name }")
          near: [Ware!]!
        }
        type Kind @external { average(of: Int!): Int label: String }
        type Part @external { name: String price(currency: String): Int }
        type Query { best: Ware! }`,
      books: `type Ware @key(fields: "id") { id: ID! usd: Int @external total: Int @requires(fields: "usd") sold: [Ware] } type Query { sold: [Ware!] }`,
    }),
};
