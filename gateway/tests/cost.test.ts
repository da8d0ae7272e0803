import { composeServices } from '@apollo/composition';
import { getVariableValues, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCostDirectives } from '../src/cost/directives.ts';
import { createEstimates } from '../src/cost/estimate.ts';
import type { MeasuredCost } from '../src/index.ts';
import { readOperation } from '../src/operation-context.ts';
import { loadSupergraph } from '../src/supergraph.ts';
import { connect, subscribe } from './support/client.ts';
import { startPlatform, type Platform } from './support/platform.ts';

const LIST_SIZE = 10;

const composed = (sdl: string, imports = '"@cost", "@listSize"'): string => {
  const { supergraphSdl, errors } = composeServices([{ name: 'one', url: 'http://one', typeDefs: parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}]) ${sdl}`) }]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
};

const estimator = (supergraphSdl: string) => {
  const { supergraphSchema, schema, costNames } = loadSupergraph(supergraphSdl);
  const estimateOf = createEstimates(supergraphSchema, createCostDirectives(costNames), LIST_SIZE);
  return (query: string, variables: Record<string, unknown> = {}) => {
    const context = readOperation(parse(query), undefined);
    const { coerced, errors } = getVariableValues(schema, context.operation.variableDefinitions ?? [], variables);
    if (errors) throw errors[0];
    return estimateOf(context)(coerced);
  };
};

const shop = estimator(
  composed(`
    type Address @cost(weight: 5) { zipCode: Int! }
    type Publisher { name: String address: Address }
    type Author { name: String }
    type Book { title: String rating: Int @cost(weight: 3) author: Author publisher: Publisher tags: [String] covers: [[Author]] mood: Mood price: Money }
    type Rare { title: String }
    type Dear @cost(weight: 20) { title: String }
    union Found = Rare | Dear
    enum Mood @cost(weight: 2) { LIGHT DARK }
    scalar Money @cost(weight: 4)
    input Filter { text: String @cost(weight: 6) mood: Mood others: [Filter!] }
    type Edge { node: Book cursor: String }
    type Page { hasNextPage: Boolean }
    type Connection { edges: [Edge] nodes: [Book] pageInfo: Page suggestions: [Book] }
    type Query {
      book: Book
      books: [Book]
      bestsellers: [Book] @listSize(assumedSize: 5)
      newest(after: ID, limit: Int!): [Book] @listSize(slicingArguments: ["limit"])
      page(first: Int = 20, after: String): Connection @listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])
      both(first: Int, last: Int): [Book] @listSize(assumedSize: 7, slicingArguments: ["first", "last"])
      either(first: Int, last: Int): [Book] @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
      found: Found
      searched(filter: Filter, filters: [Filter], text: String @cost(weight: 8), cheap: Boolean @cost(weight: -50)): Book
    }
    type Mutation { add: Book }
    type Subscription { added: Book }
  `),
);

describe('the estimated cost of an operation', () => {
  it.each<[guarantee: string, query: string, cost: number, variables?: Record<string, unknown>]>([
    ['is one for each object and nothing for leaves', '{ book { title author { name } publisher { name } } }', 3],
    ['has the weight of a type in place of one', '{ book { title author { name } publisher { name address { zipCode } } } }', 8],
    ['has the weight of a field beside the object that it is in', '{ book { rating } }', 4],
    ['has the weight of an enum and of a scalar', '{ book { mood price } }', 7],
    ['is as often what is in a list as the list is taken to be long', '{ books { author { name } } }', 20],
    ['takes a list for as long as the schema says', '{ bestsellers { title author { name } publisher { name address { zipCode } } } }', 40],
    ['takes a list for as long as it is asked for', '{ newest(limit: 3) { title author { name } publisher { name address { zipCode } } } }', 24],
    ['follows a variable that says how long', 'query ($n: Int!) { newest(limit: $n) { title author { name } publisher { name address { zipCode } } } }', 56, { n: 7 }],
    ['takes no list for shorter than nothing', '{ newest(limit: -3) { title } }', 0],
    ['sizes the lists inside of a connection, and not what stands beside them', '{ page(first: 3) { edges { node { title } } pageInfo { hasNextPage } } }', 1 + 3 * 2 + 1],
    ['sizes several lists of a connection', '{ page(first: 3) { edges { cursor } nodes { title } } }', 1 + 3 + 3],
    ['leaves other lists of a connection as they are', '{ page(first: 3) { suggestions { title } } }', 1 + LIST_SIZE],
    ['takes the default of an argument that is left out', '{ page { edges { cursor } } }', 21],
    ['takes the default of an argument for null', '{ page(first: null) { edges { cursor } } }', 21],
    ['takes the default of an argument for a variable that is null', 'query ($n: Int) { page(first: $n) { edges { cursor } } }', 21, { n: null }],
    ['sizes lists through fragments', '{ page(first: 2) { ...F ... { nodes { title } } } } fragment F on Connection { edges { cursor } }', 5],
    ['takes the larger one of two slicing arguments', '{ either(first: 2, last: 4) { title } }', 4],
    ['takes the usual size when no slicing argument is given', '{ either { title } }', LIST_SIZE],
    ['multiplies lists of lists', '{ book { covers { name } } }', 1 + LIST_SIZE * LIST_SIZE],
    ['is ten more for a mutation', 'mutation { add { title } }', 11],
    ['is nothing more for a subscription', 'subscription { added { title } }', 1],
    ['is that of the dearest member of a union', '{ found { __typename } }', 20],
    ['counts what a condition lets in', 'query ($more: Boolean!) { book { author @include(if: $more) { name } } }', 2, { more: true }],
    ['does not count what a condition leaves out', 'query ($more: Boolean!) { book { author @include(if: $more) { name } ... @skip(if: true) { rating } } }', 1, { more: false }],
    ['counts every alias', '{ a: book { title } b: book { title } }', 2],
    ['counts a fragment wherever it is used', '{ a: book { ...F } b: book { ...F } } fragment F on Book { author { name } }', 4],
    ['costs nothing for asking the schema', '{ __schema { types { fields { name } } } __typename }', 0],
    ['has the weight of an argument that is given', '{ searched(text: "a") { title } }', 9],
    ['has one for an input object and the weights of its fields', '{ searched(filter: { text: "a", mood: DARK }) { title } }', 1 + 1 + 6 + 2],
    ['has the same for an input object in a variable', 'query ($filter: Filter) { searched(filter: $filter) { title } }', 1 + 1 + 6 + 2, { filter: { text: 'a', mood: 'DARK' } }],
    ['counts every item of a list that is given', 'query ($filters: [Filter]) { searched(filters: $filters) { title } }', 1 + 2 * 7, { filters: [{ text: 'a' }, { text: 'b' }] }],
    ['counts input objects inside of each other', '{ searched(filter: { others: [{ text: "a" }, {}] }) { title } }', 1 + 1 + 7 + 1],
    ['does not count what is null or left out', 'query ($filter: Filter, $text: String) { searched(filter: $filter, text: $text) { title } }', 1, { filter: null }],
    ['is never below nothing', '{ searched(cheap: true) { title } book { title } }', 1],
  ])('%s', (_guarantee, query, cost, variables) => {
    expect(shop(query, variables)).toEqual({ cost, faults: [] });
  });

  it('names a list whose one slicing argument is missing or doubled', () => {
    const fault = ['Query.both needs exactly one of its arguments first, last.'];
    expect(shop('{ both { title } }')).toEqual({ cost: 7, faults: fault });
    expect(shop('{ both(first: 2, last: 3) { title } }')).toEqual({ cost: 3, faults: fault });
    expect(shop('query ($n: Int) { both(first: $n) { title } }', {}).faults).toEqual(fault);
    expect(shop('query ($n: Int) { both(first: $n) { title } }', { n: 2 })).toEqual({ cost: 2, faults: [] });
  });

  it('stays a number that can be written, however lists multiply', () => {
    const many = estimator(composed('type A { a(n: Int!): [A] @listSize(slicingArguments: ["n"]) b: Int } type Query { a(n: Int!): [A] @listSize(slicingArguments: ["n"]) }'));
    const deep = Array.from({ length: 20 }).reduce<string>((inner) => `a(n: 2147483647) { ${inner} }`, 'b');
    expect(many(`{ ${deep} }`).cost).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('goes by the directives under whatever name they are imported', () => {
    const renamed = estimator(composed('type Query { a: [B] @size(assumedSize: 3) } type B @weight(weight: 4) { c: Int }', '{ name: "@cost", as: "@weight" }, { name: "@listSize", as: "@size" }'));
    expect(renamed('{ a { c } }').cost).toBe(12);
  });
});

describe('operations that are too dear', () => {
  const observed: MeasuredCost[] = [];
  let measuring: Platform;
  let enforcing: Platform;
  beforeAll(async () => {
    measuring = await startPlatform('in process', { cost: { max: 15 }, observeCost: (cost) => observed.push(cost) });
    enforcing = await startPlatform('in process', { cost: { mode: 'enforce', max: 15 }, observeCost: (cost) => observed.push(cost) });
  });
  afterAll(() => Promise.all([measuring.stop(), enforcing.stop()]));

  const cheap = 'query Cheap { users { id } }';
  const dear = 'query Dear { users { things { id } } }';

  it('are told and carried out where they are only measured', async () => {
    observed.length = 0;
    expect((await measuring.ask(dear)).body.errors).toBeUndefined();
    expect(observed).toEqual([{ estimated: 110, max: 15, mode: 'measure', operationName: undefined, refused: false }]);
  });

  it('are refused before anything is planned or fetched where the limit is enforced, in words that say what to do', async () => {
    observed.length = 0;
    enforcing.forget();
    const { status, body } = await enforcing.ask(dear);
    expect(status).toBe(400);
    expect(body).toEqual({ errors: [{ message: 'This operation is estimated to cost 110; at most 15 is allowed. Ask for shorter lists, for less inside of them, or in several operations.', extensions: { code: 'COST_TOO_HIGH', estimated: 110, max: 15 } }] });
    expect(enforcing.sent()).toBe('');
    expect(observed).toMatchObject([{ estimated: 110, refused: true }]);
    expect((await enforcing.ask(cheap)).body.data).toBeDefined();
  });

  it('are refused for a subscription too', async () => {
    const client = connect(enforcing.gateway.subscriptionUrl);
    const { events, over } = subscribe(client, 'subscription { counted { thing { owner { things { owner { id } } } } } }');
    await expect.poll(over).toBe('complete');
    expect(events).toMatchObject([{ errors: [{ extensions: { code: 'COST_TOO_HIGH', estimated: 23 } }] }]);
    expect(enforcing.ticker.readers()).toBe(0);
    await client.dispose();
  });

  it('tell their cost to who asks for it by header, and to nobody else', async () => {
    const asked = await measuring.ask(cheap, { headers: { 'x-graphql-cost': '1' } });
    expect(asked.body).toMatchObject({ extensions: { cost: { estimated: 10, max: 15, mode: 'measure' } } });
    expect(await measuring.ask(cheap)).not.toHaveProperty('body.extensions');
    expect(await measuring.ask(cheap, { headers: { 'x-graphql-cost': '0' } })).not.toHaveProperty('body.extensions');
  });
});
