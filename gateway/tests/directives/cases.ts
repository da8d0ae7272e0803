/** One documented case: what comes of an operation for who may not have what is guarded. Who may gets all of it. */
export interface Case {
  readonly guarantee: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  /** Paths of the errors; `@` stands for each item of a list. */
  readonly refused: readonly (readonly string[])[];
  /** Words that reach no subgraph. */
  readonly neverSent?: readonly string[];
}

const people = (one: object, other: object = one): object => ({ people: [one, other] });

export const FIELDS: readonly Case[] = [
  { guarantee: 'a field is null', query: '{ person { name email } }', data: { person: { name: 'Ada', email: null } }, refused: [['person', 'email']], neverSent: ['email'] },
  { guarantee: 'a field is null under the alias that it was asked by', query: '{ who: person { mail: email other: email name } }', data: { who: { mail: null, other: null, name: 'Ada' } }, refused: [['who', 'mail'], ['who', 'other']], neverSent: ['email'] },
  { guarantee: 'a root field is null, and what stands beside it is not', query: '{ me { name } person { name } }', data: { me: null, person: { name: 'Ada' } }, refused: [['me']], neverSent: ['me'] },
  { guarantee: 'what is inside of a refused field is not reported again', query: '{ me { email friends { email } } person { name } }', data: { me: null, person: { name: 'Ada' } }, refused: [['me']], neverSent: ['email'] },
  { guarantee: 'an operation of refused fields alone fetches nothing', query: '{ me { name } }', data: { me: null }, refused: [['me']], neverSent: ['query', 'me'] },
  { guarantee: 'a field of every item of a list is null', query: '{ people { id email } }', data: people({ id: 'p1', email: null }, { id: 'p2', email: null }), refused: [['people', '@', 'email']], neverSent: ['email'] },
  { guarantee: 'a field in a list of lists is null, with two steps in its path', query: '{ person { rows { name email } } }', data: { person: { rows: [[{ name: 'Grace', email: null }]] } }, refused: [['person', 'rows', '@', '@', 'email']], neverSent: ['email'] },
  { guarantee: 'a field of a list inside of a list is null', query: '{ people { friends { email } } }', data: people({ friends: [{ email: null }] }, { friends: [] }), refused: [['people', '@', 'friends', '@', 'email']], neverSent: ['email'] },
  { guarantee: 'a field that another subgraph owns is null, and is not fetched there', query: '{ person { name number } }', data: { person: { name: 'Ada', number: null } }, refused: [['person', 'number']], neverSent: ['number', '_entities'] },
  { guarantee: 'a field of an object of another subgraph is null', query: '{ person { badge { colour serial } } }', data: { person: { badge: { colour: 'red', serial: null } } }, refused: [['person', 'badge', 'serial']], neverSent: ['serial'] },
];

export const NULLS: readonly Case[] = [
  { guarantee: 'a field that cannot be null takes the object around it along', query: '{ person { name must } }', data: { person: null }, refused: [['person', 'must']], neverSent: ['must'] },
  { guarantee: 'in a list that cannot hold nulls it takes the list, up to what can be null', query: '{ person { name friends { must } } }', data: { person: null }, refused: [['person', 'friends', '@', 'must']] },
  { guarantee: 'where nothing around it can be null it takes the whole answer', query: '{ people { must } }', data: null, refused: [['people', '@', 'must']] },
  { guarantee: 'a list of lists that can be null is as far as it goes', query: '{ person { name rows { must } } }', data: { person: { name: 'Ada', rows: [null] } }, refused: [['person', 'rows', '@', '@', 'must']] },
  { guarantee: 'a guarded type that cannot be null takes the object around it along', query: '{ person { name strict { code } } }', data: { person: null }, refused: [['person', 'strict']], neverSent: ['strict'] },
];

export const TYPES: readonly Case[] = [
  { guarantee: 'a field that returns a guarded object type is null', query: '{ person { name vault { code } } }', data: { person: { name: 'Ada', vault: null } }, refused: [['person', 'vault']], neverSent: ['vault', 'code'] },
  { guarantee: 'even for its __typename alone', query: '{ person { name vault { __typename } } }', data: { person: { name: 'Ada', vault: null } }, refused: [['person', 'vault']], neverSent: ['vault'] },
  { guarantee: 'a list of lists of a guarded type is null as a whole', query: '{ person { id } vaults { code } }', data: { person: { id: 'p1' }, vaults: null }, refused: [['vaults']], neverSent: ['vaults'] },
  { guarantee: 'a field of a guarded enum is null, and so is a list of it', query: '{ person { name mood moods } }', data: { person: { name: 'Ada', mood: null, moods: null } }, refused: [['person', 'mood'], ['person', 'moods']], neverSent: ['mood', 'moods'] },
  { guarantee: 'a field of a guarded scalar is null', query: '{ person { name secret } }', data: { person: { name: 'Ada', secret: null } }, refused: [['person', 'secret']], neverSent: ['secret'] },
  { guarantee: 'a guarded enum may be given: only what comes back is refused', query: 'query ($mood: Mood) { person(mood: $mood) { name } }', variables: { mood: 'GOOD' }, data: { person: { name: 'Ada' } }, refused: [] },
  { guarantee: 'also inside of an input', query: '{ person(wish: { mood: BAD }) { name mood } }', data: { person: { name: 'Ada', mood: null } }, refused: [['person', 'mood']] },
  { guarantee: 'a guarded key still joins subgraphs, but is shown to nobody else', query: '{ account { owner balance } }', data: { account: { owner: 'Ada', balance: 100 } }, refused: [] },
  { guarantee: 'a guarded key that is asked for is null', query: '{ account { id owner balance } }', data: { account: null }, refused: [['account', 'id']] },
];

export const ABSTRACT: readonly Case[] = [
  { guarantee: 'an interface that a guarded type implements is refused as a whole', query: '{ person { id } posts { title } }', data: null, refused: [['posts']], neverSent: ['posts', 'title'] },
  { guarantee: 'also when it is asked of one object only', query: '{ person { id } post { title author { name } } }', data: { person: { id: 'p1' }, post: null }, refused: [['post']], neverSent: ['post'] },
  { guarantee: 'also when only fragments are asked of it', query: '{ person { id } post { ... on PublicPost { title } } }', data: { person: { id: 'p1' }, post: null }, refused: [['post']], neverSent: ['post'] },
  { guarantee: 'types that all demand the same are refused by their interface', query: '{ person { id } shape { area } }', data: { person: { id: 'p1' }, shape: null }, refused: [['shape']], neverSent: ['area'] },
  { guarantee: 'types that guard different fields are refused both on the interface', query: '{ media { url size } }', data: { media: [{ url: null, size: null }, { url: null, size: null }] }, refused: [['media', '@', 'url'], ['media', '@', 'size']], neverSent: ['url', 'size'] },
  {
    guarantee: 'by fragments each type has what it does not guard',
    query: '{ media { ... on Photo { url size } ... on Video { url size } } }',
    data: { media: [{ url: null, size: 1 }, { url: '/video', size: null }] },
    refused: [['media', '@', 'url'], ['media', '@', 'size']],
  },
  { guarantee: 'what type an object has may be asked of an open interface', query: '{ media { __typename } }', data: { media: [{ __typename: 'Photo' }, { __typename: 'Video' }] }, refused: [] },
  {
    guarantee: 'a guarded member of a union is refused field by field, the others are not',
    query: '{ found { __typename ... on PublicPost { title } ... on PrivatePost { note } ... on Person { name email } } }',
    data: { found: [{ __typename: 'PublicPost', title: 'Open' }, { __typename: 'PrivatePost', note: null }, { __typename: 'Person', name: 'Ada', email: null }] },
    refused: [['found', '@', 'note'], ['found', '@', 'email']],
    neverSent: ['note', 'email', 'PrivatePost'],
  },
];

/** Of a supergraph whose interfaces do not carry what their types demand, as composition wrote it before. */
export const OPEN_INTERFACES: readonly Case[] = [
  { guarantee: 'a field of an interface is null when one of its types is guarded', query: '{ posts { title } }', data: { posts: [{ title: null }, { title: null }] }, refused: [['posts', '@', 'title']], neverSent: ['title'] },
  { guarantee: 'types that demand the same are refused by the interface', query: '{ shape { area } }', data: { shape: { area: null } }, refused: [['shape', 'area']], neverSent: ['area'] },
  {
    guarantee: 'a fragment on an open type has its fields, one on a guarded type has none',
    query: '{ posts { ... on PublicPost { title views } ... on PrivatePost { title note } } }',
    data: { posts: [{ title: 'Open', views: 7 }, { title: null, note: null }] },
    refused: [['posts', '@', 'title'], ['posts', '@', 'note']],
    neverSent: ['PrivatePost', 'note'],
  },
  { guarantee: 'what type an object has may be asked', query: '{ posts { __typename ... on PublicPost { title } } }', data: { posts: [{ __typename: 'PublicPost', title: 'Open' }, { __typename: 'PrivatePost' }] }, refused: [] },
  { guarantee: 'a fragment on the interface inside of one on an open type is open', query: '{ posts { ... on PublicPost { ... on Post { title } } } }', data: { posts: [{ title: 'Open' }, {}] }, refused: [] },
  { guarantee: 'a fragment on the interface itself is guarded as it is', query: '{ posts { ...F } } fragment F on Post { title }', data: { posts: [{ title: null }, { title: null }] }, refused: [['posts', '@', 'title']], neverSent: ['title'] },
];

export const FRAGMENTS: readonly Case[] = [
  { guarantee: 'an inline fragment without a type hides nothing', query: '{ person { ... { email } name } }', data: { person: { email: null, name: 'Ada' } }, refused: [['person', 'email']], neverSent: ['email'] },
  { guarantee: 'a named fragment hides nothing', query: '{ person { ...F } } fragment F on Person { name email }', data: { person: { name: 'Ada', email: null } }, refused: [['person', 'email']], neverSent: ['email'] },
  { guarantee: 'a fragment of refused fields alone is no fragment any more', query: '{ person { name ...F } } fragment F on Person { email }', data: { person: { name: 'Ada', email: null } }, refused: [['person', 'email']], neverSent: ['email'] },
  { guarantee: 'a fragment is refused at every place that uses it', query: '{ person { ...F friends { ...F } } } fragment F on Person { email }', data: { person: { email: null, friends: [{ email: null }] } }, refused: [['person', 'email'], ['person', 'friends', '@', 'email']], neverSent: ['email'] },
  { guarantee: 'a fragment inside of a fragment is followed', query: '{ person { ...A } } fragment A on Person { ...B name } fragment B on Person { friends { ...C } } fragment C on Person { email }', data: { person: { friends: [{ email: null }], name: 'Ada' } }, refused: [['person', 'friends', '@', 'email']], neverSent: ['email'] },
  { guarantee: 'a fragment on a guarded type inside of a fragment is refused', query: '{ found { ...A } } fragment A on Found { ...B ... on Person { name } } fragment B on PrivatePost { note }', data: { found: [{}, { note: null }, { name: 'Ada' }] }, refused: [['found', '@', 'note']], neverSent: ['note'] },
  { guarantee: 'a fragment on an interface is guarded wherever it is used', query: '{ media { ...F } } fragment F on Media { url }', data: { media: [{ url: null }, { url: null }] }, refused: [['media', '@', 'url']], neverSent: ['url'] },
  { guarantee: 'the schema may be asked for beside what is refused', query: '{ __schema { queryType { name } } me { name } person { __typename email } }', data: { __schema: { queryType: { name: 'Query' } }, me: null, person: { __typename: 'Person', email: null } }, refused: [['me'], ['person', 'email']] },
  { guarantee: 'also by a fragment on the query', query: '{ ...F me { name } } fragment F on Query { __type(name: "Mood") { name } }', data: { __type: { name: 'Mood' }, me: null }, refused: [['me']], neverSent: ['me'] },
];

export const CONDITIONS: readonly Case[] = [
  { guarantee: 'what @skip leaves out is not reported', query: '{ person { name email @skip(if: true) } }', data: { person: { name: 'Ada' } }, refused: [], neverSent: ['email'] },
  { guarantee: 'what a variable leaves out is not reported', query: 'query ($more: Boolean!) { person { name email @include(if: $more) } }', variables: { more: false }, data: { person: { name: 'Ada' } }, refused: [], neverSent: ['email'] },
  { guarantee: 'what a variable lets in is reported', query: 'query ($more: Boolean!) { person { name email @include(if: $more) } }', variables: { more: true }, data: { person: { name: 'Ada', email: null } }, refused: [['person', 'email']], neverSent: ['email'] },
  { guarantee: 'a default of a variable decides where it is left out', query: 'query ($less: Boolean = true) { person { name ... @skip(if: $less) { email } } }', data: { person: { name: 'Ada' } }, refused: [], neverSent: ['email'] },
  { guarantee: 'a condition on a fragment counts for all inside of it', query: 'query ($more: Boolean!) { person { name ...F @include(if: $more) } } fragment F on Person { friends { email } }', variables: { more: true }, data: { person: { name: 'Ada', friends: [{ email: null }] } }, refused: [['person', 'friends', '@', 'email']], neverSent: ['email'] },
];

export const ACTS: readonly Case[] = [
  { guarantee: 'a refused mutation does not happen', query: 'mutation { forbidden { name } }', data: { forbidden: null }, refused: [['forbidden']], neverSent: ['forbidden'] },
  { guarantee: 'a refused mutation leaves the others be', query: 'mutation { act { name } forbidden { name } }', data: { act: { name: 'Ada' }, forbidden: null }, refused: [['forbidden']], neverSent: ['forbidden'] },
  { guarantee: 'a mutation that returns a guarded type does not happen', query: 'mutation { open { code } }', data: { open: null }, refused: [['open']], neverSent: ['open'] },
  { guarantee: 'a mutation happens when only what it returns is refused', query: 'mutation { act { email } }', data: { act: { email: null } }, refused: [['act', 'email']], neverSent: ['email'] },
  { guarantee: 'a refused mutation that cannot be null leaves nothing of the answer', query: 'mutation { strictly { name } }', data: null, refused: [['strictly']], neverSent: ['strictly'] },
  { guarantee: 'an event has null where a field is refused', query: 'subscription { person { name email } }', data: { person: { name: 'Ada', email: null } }, refused: [['person', 'email']], neverSent: ['email'] },
  { guarantee: 'an event has null where a field of another subgraph is refused', query: 'subscription { person { name number badge { colour } } }', data: { person: { name: 'Ada', number: null, badge: { colour: 'red' } } }, refused: [['person', 'number']], neverSent: ['number'] },
  { guarantee: 'a refused subscription is not opened', query: 'subscription { watched { name } }', data: { watched: null }, refused: [['watched']], neverSent: ['watched'] },
  { guarantee: 'a subscription of a guarded type is not opened', query: 'subscription { vault { code } }', data: { vault: null }, refused: [['vault']], neverSent: ['vault'] },
];
