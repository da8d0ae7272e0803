import { QueryPlanner } from '@apollo/query-planner';
import type { Client } from 'graphql-ws';
import { parse } from 'graphql';
import { queryObjects } from 'node:v8';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, subscribe } from './support/client.ts';
import { ask, composeVersion, startVersions, type Versions } from './support/versions.ts';

const RELOADED = 'SUBSCRIPTION_SCHEMA_RELOAD';
const whole = 'query Whole { __type(name: "Thing") { fields { name } } things { first second } }';

/** The supergraph that an answer was made of; more than one when it was mixed. */
const madeOf = ({ data }: { data?: any }): string => {
  const fields = data.__type.fields.map(({ name }: { name: string }) => name);
  const by = [...new Set(data.things.flatMap(({ first, second }: Record<string, string>) => [first, second]))].join();
  if (by === 'things' && fields.includes('added') && !fields.includes('extra')) return 'with field';
  if (by === 'extras' && fields.includes('extra') && !fields.includes('added')) return 'with subgraph';
  return `mixed: ${by} ${fields}`;
};

/** Planning, checking and answering share two cores with other tests. */
const patiently = <Value>(read: () => Value) => expect.poll(read, { timeout: 25_000 });

/** Objects of a class that are still in memory, after everything was collected that can be. */
const alive = (of: new (...args: any[]) => unknown): number => queryObjects(of, { format: 'count' }) as number;

describe('a supergraph that takes the place of another', () => {
  let platform: Versions;
  const clients: Client[] = [];

  beforeEach(async () => {
    platform = await startVersions();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    await platform.stop();
  });

  const open = (): Client => {
    const client = connect(platform.gateway.subscriptionUrl);
    clients.push(client);
    return client;
  };

  /** Asks one after another until it is told to stop. */
  const keepAsking = (one: () => Promise<void>): (() => Promise<void>) => {
    let over = false;
    const asking = (async () => {
      while (!over) await one();
    })();
    asking.catch(() => undefined);
    return () => ((over = true), asking);
  };

  it('ten times under load: no request fails, no answer is made of two, every act is done once, streams end with the code and are taken up again', async () => {
    const answers: string[] = [];
    const wrong: unknown[] = [];
    const done: string[] = [];
    const check = (result: { errors?: unknown[] }): void => void (result.errors && wrong.push(result.errors));
    const queries = Array.from({ length: 4 }, () =>
      keepAsking(async () => {
        const result = await ask(platform.gateway.url, whole);
        check(result);
        if (result.data) answers.push(madeOf(result));
      }),
    );
    let next = 0;
    const mutations = Array.from({ length: 2 }, () =>
      keepAsking(async () => {
        const id = `act-${(next += 1)}`;
        const result = await ask(platform.gateway.url, 'mutation Act($id: ID!) { act(id: $id) }', { id });
        check(result);
        done.push(result.data?.act);
      }),
    );
    const client = open();
    const onSocket = keepAsking(async () => {
      const { events, over } = subscribe(client, whole);
      await patiently(over).toBe('complete');
      check(events[0] as { errors?: unknown[] });
      answers.push(madeOf(events[0] as { data?: any }));
    });
    const ends: string[] = [];
    const streams = Array.from({ length: 3 }, () =>
      keepAsking(async () => {
        const { events, over, leave } = subscribe(client, 'subscription Counted { counted { value thing { first second } } }');
        await patiently(() => over() ?? (stopped && (leave(), true))).toBeTruthy();
        if (stopped) return;
        const last = events.pop();
        ends.push(String(last?.errors?.[0]?.extensions?.['code']));
        for (const { data, errors } of events) if (errors || data?.['counted'].thing.first !== data?.['counted'].thing.second) wrong.push([data, errors]);
      }),
    );
    let stopped = false;
    const ticks = setInterval(() => platform.ticker.tick(1), 5);

    for (let swap = 1; swap <= 10; swap += 1) {
      await patiently(() => platform.ticker.readers()).toBe(3);
      const before = answers.length;
      await platform.gateway.reload(swap % 2 === 1 ? platform.withSubgraph : platform.withField);
      await patiently(() => ends.length).toBe(swap * 3);
      await patiently(() => answers.length).toBeGreaterThan(before);
    }
    await patiently(() => platform.ticker.readers()).toBe(3);
    stopped = true;
    await Promise.all([...queries, ...mutations, onSocket, ...streams].map((stop) => stop()));
    clearInterval(ticks);

    expect(wrong).toEqual([]);
    expect(new Set(answers)).toEqual(new Set(['with field', 'with subgraph']));
    expect(new Set(ends)).toEqual(new Set([RELOADED]));
    expect([...platform.acts.values()].every((times) => times === 1)).toBe(true);
    expect(done.sort()).toEqual([...platform.acts.keys()].sort());
    expect(platform.gateway.graph()).toMatchObject({ swaps: 10, refusals: 0 });
  }, 240_000);

  it('leaves nothing of the ones before in memory, and no way to a subgraph that is not in it', async () => {
    await ask(platform.gateway.url, whole);
    // Files of tests share their modules: what others left is not counted.
    const before = alive(QueryPlanner);
    for (let swap = 0; swap < 4; swap += 1) {
      const { events, over } = subscribe(open(), 'subscription { counted { value } }');
      await patiently(() => platform.ticker.readers()).toBe(1);
      await ask(platform.gateway.url, whole);
      await platform.gateway.reload(swap % 2 === 0 ? platform.withSubgraph : platform.withField);
      await patiently(over).toBe('complete');
      expect(events.at(-1)?.errors?.[0]?.extensions?.['code']).toBe(RELOADED);
    }
    await patiently(() => alive(QueryPlanner)).toBeLessThanOrEqual(before);
    await patiently(() => platform.extras.connections()).toBe(0);
    expect(madeOf(await ask(platform.gateway.url, whole))).toBe('with field');
  }, 240_000);

  it('ends requests that are under way on the one before, and lets go of its subgraphs only then', async () => {
    await platform.gateway.reload(platform.withSubgraph);
    const slow = ask(platform.gateway.url, '{ slow things { first } }');
    await patiently(() => platform.waiting.size).toBe(1);
    await platform.gateway.reload(platform.withField);
    expect(madeOf(await ask(platform.gateway.url, whole))).toBe('with field');
    platform.answerSlow();
    expect(await slow).toEqual({ data: { slow: 'at last', things: [{ first: 'extras' }] } });
    await patiently(() => platform.extras.connections()).toBe(0);
  });

  it('is planned for what clients asked of the one before, most often first, and for each kind of actor', async () => {
    for (let times = 0; times < 3; times += 1) await ask(platform.gateway.url, whole);
    await ask(platform.gateway.url, 'query Rare { things { id } }');
    await ask(platform.gateway.url, 'query Gone { things { added } }');
    await platform.gateway.reload(platform.withSubgraph);
    const said = platform.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(said.find(({ msg }) => msg === 'supergraph taken')).toMatchObject({ planned: 2 });
    expect(said.find(({ msg }) => String(msg).startsWith('clients ask for operations'))).toMatchObject({ operations: ['query Gone { things { added } }'], count: 1 });
  });

  it('is not loaded again when it is the same', async () => {
    await platform.gateway.reload(platform.withField);
    expect(platform.gateway.graph()).toMatchObject({ swaps: 0 });
  });
});

describe('a supergraph that cannot be served', () => {
  let platform: Versions;
  beforeAll(async () => {
    platform = await startVersions();
  });
  afterAll(() => platform.stop());

  const federation = (imported: string): string => `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imported}])`;
  const one = (imported: string, typeDefs: string, url = 'http://127.0.0.1:1'): string => composeVersion([{ name: 'one', url, typeDefs: parse(`${federation(imported)} ${typeDefs}`) }]);

  it.each([
    ['is empty', () => '', /cannot be served/],
    ['is cut off', (platform: Versions) => platform.withSubgraph.slice(0, -200), /cannot be served/],
    ['is a schema but no supergraph', () => 'type Query { a: Int }', /cannot be served/],
    ['calls a protecting directive by another name', () => one('{ name: "@authenticated", as: "@signedIn" }', 'type Query { a: Int @signedIn }'), /@signedIn/],
    ['has a context, which is not served here', () => one('"@context", "@fromContext", "@key"', 'type Query { a: A } type A @key(fields: "id") @context(name: "c") { id: ID! n: String b: B } type B @key(fields: "id") { id: ID! x(y: String @fromContext(field: "$c { n }")): Int }'), /context/],
    ['names a subgraph without an address', () => one('"@key"', 'type Query { a: Int }', ''), /"one" has no address.*ONE_URL/],
    ['names a subgraph at an address that is none', () => one('"@key"', 'type Query { a: Int }', 'one:8000'), /"one:8000" is none/],
  ])('because it %s is refused in words, and the one before is served on', async (_what, sdlOf, words) => {
    const { version, refusals } = platform.gateway.graph();
    const client = connect(platform.gateway.subscriptionUrl);
    const { events } = subscribe(client, 'subscription { counted { value } }');
    await patiently(() => platform.ticker.readers()).toBe(1);
    await expect(platform.gateway.reload(sdlOf(platform))).rejects.toThrow(words);
    expect(madeOf(await ask(platform.gateway.url, whole))).toBe('with field');
    platform.ticker.tick(1);
    await patiently(() => events).toEqual([{ data: { counted: { value: 1 } } }]);
    expect(platform.gateway.graph()).toMatchObject({ version, swaps: 0, refusals: refusals + 1, refused: { reason: expect.stringMatching(words) } });
    const ready = await fetch(new URL('/health/ready', platform.gateway.url));
    expect([ready.status, await ready.json()]).toMatchObject([200, { supergraph: { version, refused: { reason: expect.stringMatching(words) } } }]);
    expect(platform.log.filter((line) => line.includes('supergraph refused'))).toHaveLength(refusals + 1);
    await client.dispose();
    await patiently(() => platform.ticker.readers()).toBe(0);
  });

  it('is forgotten when another is served', async () => {
    await platform.gateway.reload(platform.withSubgraph);
    expect(platform.gateway.graph()).toMatchObject({ swaps: 1, refused: undefined });
  });

  it('is not explained to everybody where the schema is not shown', async () => {
    const silent = await startVersions({ introspection: 'none' });
    await expect(silent.gateway.reload(one('"@key"', 'type Query { a: Int }', ''))).rejects.toThrow();
    const ready = await fetch(new URL('/health/ready', silent.gateway.url));
    expect(await ready.json()).toMatchObject({ supergraph: { refused: { reason: 'The log says why.' } } });
    await silent.stop();
  });
});
