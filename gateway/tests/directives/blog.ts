import type { Written } from './world.ts';

/** Two subgraphs in which everything that can be guarded is, by the directive that is given. */
export const blog = (guard: string): Record<'blog' | 'badges', Written> => ({
  blog: {
    sdl: `
      interface Post { id: ID! title: String author: Person }
      type PublicPost implements Post { id: ID! title: String author: Person views: Int }
      type PrivatePost implements Post ${guard} { id: ID! title: String author: Person note: String }
      interface Media { url: String size: Int }
      type Photo implements Media { url: String ${guard} size: Int }
      type Video implements Media { url: String size: Int ${guard} }
      interface Shape { area: Int }
      type Circle implements Shape ${guard} { area: Int }
      type Square implements Shape ${guard} { area: Int }
      union Found = PublicPost | PrivatePost | Person
      enum Mood ${guard} { GOOD BAD }
      scalar Secret ${guard}
      type Vault ${guard} { code: String notes: [String] }
      input Wish { mood: Mood }
      type Person @key(fields: "id") {
        id: ID!
        name: String
        email: String ${guard}
        must: String! ${guard}
        vault: Vault
        strict: Vault!
        mood: Mood
        moods: [Mood!]
        secret: Secret
        friends: [Person!]!
        rows: [[Person!]]
        posts: [Post!]!
      }
      type Account @key(fields: "id") { id: ID! ${guard} owner: String }
      type Query {
        me: Person ${guard}
        person(mood: Mood, wish: Wish): Person
        people: [Person!]!
        post: Post
        posts: [Post!]!
        media: [Media]
        shape: Shape
        found: [Found]
        vaults: [[Vault]]
        account: Account
      }
      type Mutation { act: Person forbidden: Person ${guard} open: Vault strictly: Person! ${guard} }
      type Subscription { person: Person watched: Person ${guard} vault: Vault }
    `,
    resolvers: (() => {
      const vault = { code: '1234', notes: ['one'] };
      const friend = { __typename: 'Person', id: 'p2', name: 'Grace', email: 'grace@example.org', must: 'yes', vault, strict: vault, mood: 'BAD', moods: ['BAD'], secret: 's2', friends: [], rows: [], posts: [] };
      const open = { __typename: 'PublicPost', id: 'o1', title: 'Open', views: 7, author: friend };
      const shut = { __typename: 'PrivatePost', id: 's1', title: 'Shut', note: 'hush', author: friend };
      const ada = { ...friend, id: 'p1', name: 'Ada', email: 'ada@example.org', mood: 'GOOD', moods: ['GOOD'], secret: 's1', friends: [friend], rows: [[friend]], posts: [open, shut] };
      const once = (field: string, value: object) => ({
        async *subscribe() {
          yield { [field]: value };
        },
      });
      return {
        Person: { __resolveReference: ({ id }: { id: string }) => (id === 'p1' ? ada : friend) },
        Account: { __resolveReference: () => ({ id: 'a1', owner: 'Ada' }) },
        Query: {
          me: () => ada,
          person: () => ada,
          people: () => [ada, friend],
          post: () => open,
          posts: () => [open, shut],
          media: () => [
            { __typename: 'Photo', url: '/photo', size: 1 },
            { __typename: 'Video', url: '/video', size: 2 },
          ],
          shape: () => ({ __typename: 'Circle', area: 3 }),
          found: () => [open, shut, ada],
          vaults: () => [[vault]],
          account: () => ({ id: 'a1', owner: 'Ada' }),
        },
        Mutation: { act: () => ada, forbidden: () => ada, open: () => vault, strictly: () => ada },
        Subscription: { person: once('person', ada), watched: once('watched', ada), vault: once('vault', vault) },
      };
    })(),
  },
  badges: {
    sdl: `
      type Person @key(fields: "id") { id: ID! number: Int ${guard} badge: Badge }
      type Badge { colour: String serial: String ${guard} }
      type Account @key(fields: "id") { id: ID! ${guard} balance: Int }
    `,
    resolvers: {
      Person: { __resolveReference: ({ id }: { id: string }) => ({ id, number: 42, badge: { colour: 'red', serial: 'x1' } }) },
      Account: { __resolveReference: ({ id }: { id: string }) => ({ id, balance: 100 }) },
    },
  },
});
