import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReadDocument } from '../../src/documents.ts';
import { defaultLimits } from '../../src/limits/limits.ts';
import { loadSupergraph } from '../../src/supergraph.ts';
import { composeWorld } from '../directives/world.ts';
import { startPlatform, type Platform } from '../support/platform.ts';
import { times } from './support.ts';

/** Fragments that each use the next one twice: as many fields as two to the power of their number. */
const doubling = times(25, (n) => `fragment F${n} on User { ${n < 24 ? `...F${n + 1} ... { ...F${n + 1} }` : 'id'} }`);
const deep = (levels: number): string => `things { owner { `.repeat(levels) + 'id' + ' } }'.repeat(levels);
/** Introspection that comes back to where it was: each round asks for every field of every type. */
const introspectionBomb = `{ __schema { types { ${'fields { type { '.repeat(4)} name ${'} }'.repeat(4)} } } }`;

describe('a document that is made to exhaust', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform('in process');
  });
  beforeEach(() => platform.forget());
  afterAll(() => platform.stop());

  it.each<[attack: string, query: string, says: RegExp]>([
    ['by aliases of one field', `{ ${times(31, (n) => `a${n}: me { id }`)} }`, /31 aliases; at most 30/],
    ['by aliases inside of fragments', `{ users { ...F } me { ...F } } fragment F on User { ${times(16, (n) => `a${n}: id`)} }`, /32 aliases/],
    ['by fragments that double', `{ users { ...F0 } } ${doubling}`, /asks for \d+ fields, fragments written out/],
    ['by a fragment that spreads itself', '{ users { ...F } } fragment F on User { id ...F }', /Cannot spread fragment "F" within itself/],
    ['by fragments that spread each other', '{ users { ...A } } fragment A on User { ...B } fragment B on User { ...A }', /Cannot spread fragment "A" within itself via "B"/],
    ['by depth', `{ users { ${deep(11)} } }`, /levels deep; at most 20/],
    ['by width', `{ users { ${times(2_100, () => 'id')} } }`, /asks for 2101 fields/],
    ['by many root fields', `{ ${times(21, () => 'users { id }')} }`, /21 fields at its top/],
    ['by inline fragments inside of each other', `{ users { ${'... { '.repeat(1_200)} id ${'} '.repeat(1_200)} } }`, /in 1202 levels; at most 100/],
    ['by fragments in a long chain', `{ users { ...F0 } } ${times(150, (n) => `fragment F${n} on User { id ...F${n + 1} }`)} fragment F150 on User { id }`, /levels; at most 100/],
    ['by fields that must be compared with each other', `{ users { ${times(1_900, () => 'id')} } }`, /asks for the same fields too often/],
    ['by directives at one field', `{ users { id ${times(6, () => '@include(if: true)')} } }`, /6 directives at one place; at most 5/],
    ['by directives in all', `{ users { ${times(101, () => 'id @include(if: true)')} } }`, /101 directives, fragments written out; at most 100/],
    ['by unknown directives', `{ users { id ${times(1_000, (n) => `@x${n}`)} } }`, /1000 directives/],
    ['by directives of variables', `query (${times(101, (n) => `$v${n}: Int @x`)}) { users { id } }`, /101 directives/],
    ['by tokens', `{ users { ${times(5_000, () => 'id')} } }`, /5000 tokens/],
    ['by lists inside of lists', `{ thing(id: ${'['.repeat(40)}1${']'.repeat(40)}) { id } }`, /lists in more than 6 levels/],
    ['by objects inside of objects', `{ thing(id: ${'{a:'.repeat(40)}1${'}'.repeat(40)}) { id } }`, /values in more than 30 levels/],
    ['by introspection that goes in circles', introspectionBomb, /Maximum introspection depth exceeded/],
  ])('%s is refused by its limit, by name, and nothing is planned or fetched', async (_attack, query, says) => {
    const { status, body } = await platform.ask(query);
    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toMatch(says);
    expect(body.errors?.[0]?.extensions?.['code']).toMatch(/^GRAPHQL_(VALIDATION|PARSE)_FAILED$/);
    expect(platform.sent()).toBe('');
  });

  it('is refused for its size alone, before rules that take long look at it', async () => {
    const { body } = await platform.ask(`{ users { ${times(2_100, (n) => `nowhere${n}`)} } }`);
    expect(body.errors).toHaveLength(1);
  });

  it('has as many errors as are of use, and no more', async () => {
    const { body } = await platform.ask(`{ users { ${times(1_900, (n) => `nowhere${n}`)} } }`);
    expect(body.errors?.length).toBeLessThanOrEqual(101);
  });

  it.each([
    ['lists', (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown],
    ['objects', (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as unknown],
  ])('has variables of %s that are too deep refused, and the subgraph is not held to have failed', async (_kind, nested) => {
    for (let round = 0; round < 12; round += 1) {
      const { status, body } = await platform.ask('query ($id: ID!) { thing(id: $id) { id } }', { variables: { id: 't1', more: nested(60) } });
      expect([status, body.errors?.[0]?.message]).toEqual([400, expect.stringContaining('in more than 50 levels')]);
    }
    expect((await platform.ask('{ thing(id: "t1") { id } }')).body.data).toEqual({ thing: { id: 't1' } });
  });

  it('has variables refused that would take the whole stack to read', async () => {
    const response = await fetch(platform.gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":"{ users { id } }","variables":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
    });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('in more than 50 levels')]);
  });
});

it('a value as deep as the limits allow is planned, however it is nested', () => {
  const supergraph = loadSupergraph(composeWorld({ one: { sdl: 'scalar Any type Query { a(x: Any): String }', resolvers: {} } }));
  const read = createReadDocument({ schema: supergraph.schema, limits: defaultLimits, introspection: 'all' });
  expect(read(`{ a(x: ${'{a:[{b:['.repeat(3)}1${']}]}'.repeat(3)}) }`)).toMatchObject({ kind: 'Document' });
  expect(read(`{ a(x: ${'{a:[{b:['.repeat(4)}1${']}]}'.repeat(4)}) }`)).toMatchObject([{ message: expect.stringContaining('lists in more than 6 levels') }]);
  expect(read(`query ($x: Any = ${'['.repeat(7)}${']'.repeat(7)}) { a(x: $x) }`)).toMatchObject([{ message: expect.stringContaining('lists in more than 6 levels') }]);
});
