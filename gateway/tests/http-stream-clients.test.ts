import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { createClient as createSseClient } from 'graphql-sse';
import { describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { ticksOf } from './support/follower.ts';
import { SSE, sseOf } from './support/http-stream.ts';
import { httpNumbersOf, resultsOf, useHttpStreams } from './support/http-world.ts';

const { clock, start, open } = useHttpStreams();

describe('Apollo Client', () => {
  const connect = (uri: string, headers: Record<string, string> = {}) => new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri, headers, includeExtensions: true }) });

  it('reads subscriptions and queries by one link at one address', async () => {
    const platform = await start();
    const client = connect(platform.gateway.url);
    const seen: unknown[] = [];
    let isComplete = false;
    client.subscribe({ query: gql(ticksOf('a')) }).subscribe({ next: ({ data, error }) => seen.push(error ?? data), complete: () => (isComplete = true) });
    await eventually(() => seen).toHaveLength(1);
    platform.source.write('a');
    await eventually(() => seen).toMatchObject([{ ticks: { kind: 'SNAPSHOT', n: 0 } }, { ticks: { kind: 'FACT', n: 1, by: { name: 'Ndapewa' } } }]);
    expect((await client.query({ query: gql('{ rooms }') })).data).toEqual({ rooms: 1 });
    platform.source.finish();
    await eventually(() => isComplete).toBe(true);
  });

  it('is told by a protocol error why a stream was broken off', async () => {
    const platform = await start();
    const client = connect(platform.gateway.url, { authorization: `Bearer ${platform.issuer.issue({ lifetimeSeconds: 100 })}` });
    clock.ahead = 97_000;
    let told: unknown;
    client.subscribe({ query: gql(ticksOf('a')), fetchPolicy: 'no-cache' }).subscribe({ next: ({ error }) => (told ??= error), error: (error) => (told ??= error) });
    await eventually(() => CombinedProtocolErrors.is(told) && told.errors.map(({ extensions }) => extensions?.['code']), { timeout: 10_000 }).toEqual(['UNAUTHENTICATED']);
  });

  it('is told what is wrong with an operation', async () => {
    const platform = await start();
    let told: unknown;
    connect(platform.gateway.url).subscribe({ query: gql('subscription { nonsense }') }).subscribe({ next: ({ error }) => (told ??= error), error: (error) => (told ??= error) });
    await eventually(() => String(told)).toContain('nonsense');
  });
});

describe('the client of graphql-sse', () => {
  it('reads subscriptions and queries, and goes on by Last-Event-ID', async () => {
    const platform = await start();
    const last: { id?: string } = {};
    const client = createSseClient({ url: platform.gateway.url, retryAttempts: 0, headers: (): Record<string, string> => (last.id === undefined ? {} : { 'last-event-id': last.id }) });
    const seen: number[] = [];
    const listen = () =>
      client.subscribe<{ ticks: { n: number } }, { cursor: string }>({ query: ticksOf('a') }, { next: ({ data, extensions }) => (seen.push(data!.ticks.n), (last.id = extensions!.cursor)), error: () => undefined, complete: () => undefined });
    const leave = listen();
    await eventually(() => seen).toEqual([0]);
    platform.source.write('a');
    await eventually(() => seen).toEqual([0, 1]);
    leave();
    await eventually(() => platform.source.readers()).toBe(0);
    for (let n = 2; n <= 4; n += 1) platform.source.write('a');
    listen();
    await eventually(() => seen).toEqual([0, 1, 2, 3, 4]);
    delete last.id;
    const { value } = await client.iterate({ query: '{ rooms }' }).next();
    expect(value).toEqual({ data: { rooms: 1 } });
    client.dispose();
  });
});

describe('server-sent events', () => {
  it('carry their cursor as id, and nothing else does', async () => {
    const platform = await start();
    const stream = await open(SSE);
    await eventually(() => httpNumbersOf(stream)).toEqual([0]);
    platform.source.finish();
    await eventually(stream.ended).toBe(true);
    const [first, complete] = sseOf(stream.text());
    expect([first!.event, first!.id, complete]).toEqual(['next', JSON.parse(first!.data).extensions.cursor, { event: 'complete', id: undefined, data: '' }]);
  });

  it('tell what is wrong with an operation as a result, as their protocol has it', async () => {
    await start();
    const stream = await open(SSE, 'subscription { nonsense }');
    await eventually(stream.ended).toBe(true);
    expect(stream.response.statusCode).toBe(200);
    expect(sseOf(stream.text()).map(({ event }) => event)).toEqual(['next', 'complete']);
    expect(resultsOf(stream)[0].errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it.each([
    ['in the address', (cursor: string) => [`&extensions=${encodeURIComponent(JSON.stringify({ cursor }))}`, {}] as const],
    ['in Last-Event-ID', (cursor: string) => ['', { 'last-event-id': cursor }] as const],
  ])('by GET go on from a cursor %s', async (_where, give) => {
    const platform = await start();
    for (let n = 1; n <= 3; n += 1) platform.source.write('a');
    const first = await open(SSE);
    await eventually(() => httpNumbersOf(first)).toEqual([3]);
    platform.source.write('a');
    await eventually(() => httpNumbersOf(first)).toEqual([3, 4]);
    const [search, headers] = give(resultsOf(first)[0].extensions.cursor);
    const abort = new AbortController();
    const response = await fetch(`${platform.gateway.url}?query=${encodeURIComponent(ticksOf('a'))}${search}`, { headers: { accept: SSE, 'apollo-require-preflight': 'yes', ...headers }, signal: abort.signal });
    let text = '';
    const reading = response.body!.pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream({ write: (chunk) => void (text += chunk) })).catch(() => undefined);
    await eventually(() => sseOf(text).map(({ data }) => JSON.parse(data).data.ticks.n)).toEqual([4]);
    abort.abort();
    await reading;
  });

  it('are not sent to another page that did not ask first', async () => {
    const platform = await start();
    const response = await fetch(`${platform.gateway.url}?query=${encodeURIComponent(ticksOf('a'))}`, { headers: { accept: SSE } });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('CSRF')]);
    expect(platform.source.opened).toEqual([]);
  });
});

it('tells who takes no streams where there are some, and who takes neither what there is', async () => {
  const platform = await start();
  const json = await open('application/json');
  await eventually(json.text).toContain('text/event-stream');
  expect(json.response.statusCode).toBe(400);
  const other = await open('multipart/mixed;deferSpec=20220824');
  await eventually(other.text).toContain('subscriptionSpec');
  expect(other.response.statusCode).toBe(406);
  expect(platform.source.opened).toEqual([]);
});

it('refuses a cursor that is no text', async () => {
  await start();
  const stream = await open(SSE, ticksOf('a'), { extensions: { cursor: { a: 1 } } });
  await eventually(stream.ended).toBe(true);
  expect(resultsOf(stream)[0].errors[0].extensions.code).toBe('CURSOR_INVALID');
});
