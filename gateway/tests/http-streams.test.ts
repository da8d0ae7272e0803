import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import type { Client as SocketClient } from 'graphql-ws';
import { createClient as createSseClient } from 'graphql-sse';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../src/index.ts';
import { follow, openClient, ticksOf, upTo } from './support/follower.ts';
import { MULTIPART, openHttpStream, partsOf, SSE, sseOf, type HttpStream } from './support/http-stream.ts';
import { eventually } from './support/eventually.ts';
import { startLogPlatform, type LogPlatform } from './support/log-platform.ts';

let platform: LogPlatform;
let clockAhead = 0;
const streams: HttpStream[] = [];
const sockets: SocketClient[] = [];
const start = async (more: Partial<GatewayOptions> = {}): Promise<void> => {
  clockAhead = 0;
  platform = await startLogPlatform('in process', { now: () => new Date(Date.now() + clockAhead), ...more });
};
const open = async (accept: string, query = ticksOf('a'), more: { extensions?: unknown; headers?: Record<string, string> } = {}): Promise<HttpStream> => {
  const stream = await openHttpStream(platform.gateway.url, { accept, query, ...more });
  streams.push(stream);
  return stream;
};
const resultsOf = (stream: HttpStream) => (stream.response.headers['content-type']!.startsWith('multipart') ? partsOf(stream.text()).map(({ payload }) => payload) : sseOf(stream.text()).filter(({ event }) => event === 'next').map(({ data }) => JSON.parse(data)));
const numbersOf = (stream: HttpStream): number[] => resultsOf(stream).flatMap((result) => result?.data?.ticks?.n ?? []);

afterEach(async () => {
  for (const stream of streams.splice(0)) stream.leave();
  await Promise.all(sockets.splice(0).map((client) => client.dispose()));
  await platform.stop();
});

describe.each([
  ['multipart', MULTIPART],
  ['server-sent events', SSE],
])('a subscription over HTTP as %s', (_name, accept) => {
  it('comes as it happens, and can be taken up again by its cursor', async () => {
    await start();
    const stream = await open(accept);
    await eventually(() => numbersOf(stream)).toEqual([0]);
    for (let n = 1; n <= 3; n += 1) platform.source.write('a');
    await eventually(() => numbersOf(stream)).toEqual([0, 1, 2, 3]);
    expect(stream.response.headers).toMatchObject({ 'x-accel-buffering': 'no', 'cache-control': 'no-store' });
    const { cursor } = resultsOf(stream)[1].extensions;
    stream.leave();
    await eventually(() => platform.source.readers()).toBe(0);
    const back = await open(accept, ticksOf('a'), { extensions: { cursor } });
    await eventually(() => numbersOf(back)).toEqual([2, 3]);
  });

  it('shares with those on sockets, and its source ends with the last of both', async () => {
    await start();
    const socket = openClient(platform.gateway.subscriptionUrl);
    sockets.push(socket);
    const follower = follow(socket, ticksOf('a'));
    await eventually(follower.numbers).toEqual([0]);
    const stream = await open(accept);
    await eventually(() => numbersOf(stream)).toEqual([0]);
    platform.source.write('a');
    await eventually(() => [follower.numbers(), numbersOf(stream), platform.source.readers()]).toEqual([[0, 1], [0, 1], 1]);
    follower.leave();
    await eventually(() => platform.gateway.streams.subscribers).toBe(1);
    stream.leave();
    await eventually(() => [platform.gateway.streams.subscribers, platform.source.readers()]).toEqual([0, 0]);
  });

  it('shows that it lives while nothing happens', async () => {
    await start({ streams: { heartbeatMs: 20 } });
    const stream = await open(accept);
    const sign = accept === SSE ? ':\n\n' : '\r\n\r\n{}\r\n--graphql';
    await eventually(() => stream.text().split(sign).length).toBeGreaterThan(4);
    expect(numbersOf(stream)).toEqual([0]);
  });

  it('is complete when its source has ended', async () => {
    await start();
    const stream = await open(accept);
    await eventually(() => numbersOf(stream)).toEqual([0]);
    platform.source.finish();
    await eventually(stream.ended).toBe(true);
    expect(stream.text().endsWith(accept === SSE ? 'event: complete\ndata: \n\n' : '--graphql--\r\n')).toBe(true);
  });

  it('is broken off with a code when the access token runs out, and one that has run out opens none', async () => {
    await start();
    const authorization = `Bearer ${platform.issuer.issue({ lifetimeSeconds: 100 })}`;
    clockAhead = 97_000;
    const stream = await open(accept, ticksOf('a'), { headers: { authorization } });
    await eventually(stream.ended, { timeout: 10_000 }).toBe(true);
    expect(stream.text()).toContain('"code":"UNAUTHENTICATED"');
    expect(stream.text()).not.toContain('complete');
    await eventually(() => platform.source.readers()).toBe(0);
    clockAhead = 101_000;
    const refused = await open(accept, ticksOf('a'), { headers: { authorization } });
    expect([refused.response.statusCode, refused.response.headers['content-type']]).toEqual([401, expect.stringContaining('application/json')]);
  });

  it('is broken off with a code when the gateway stops, and does not hold it up', async () => {
    await start();
    const stream = await open(accept);
    await eventually(() => numbersOf(stream)).toEqual([0]);
    await platform.gateway.stop();
    await eventually(stream.ended).toBe(true);
    expect(stream.text()).toContain('"code":"STREAM_INTERRUPTED"');
    expect(stream.text()).not.toContain('event: complete');
    expect(platform.source.readers()).toBe(0);
  });

  it('to a slow reader stands still until it reads, and skips nothing', async () => {
    await start({ streams: { keptEvents: 4, heartbeatMs: 20 } });
    const slow = await open(accept, ticksOf('a', 'n text(size: 100000)'));
    const quick = await open(accept, ticksOf('a', 'n text(size: 100000)'));
    await eventually(() => [numbersOf(slow), numbersOf(quick)]).toEqual([[0], [0]]);
    slow.response.pause();
    const last = 120;
    for (let n = 1; n <= last; n += 1) {
      platform.source.write('a');
      await eventually(() => quick.text().includes(`"n":${n},`), { interval: 2 }).toBe(true);
    }
    await eventually(() => platform.gateway.streams.detached).toBe(1);
    slow.response.resume();
    await eventually(() => numbersOf(slow).at(-1), { timeout: 20_000, interval: 200 }).toBe(last);
    expect(numbersOf(slow)).toEqual([0, ...upTo(last)]);
  });

  it('that is over before a slow reader has read it is not broken off any more when the token runs out', async () => {
    await start();
    const bearer = (lifetimeSeconds: number) => ({ headers: { authorization: `Bearer ${platform.issuer.issue({ lifetimeSeconds })}` } });
    const expiring = bearer(100);
    clockAhead = 96_000;
    // More than the connection itself holds, so that the end waits behind it.
    const large = ticksOf('a', 'n text(size: 16000000)');
    const slow = await open(accept, large, expiring);
    slow.response.pause();
    const quick = await open(accept, large, bearer(1_000));
    await eventually(() => [platform.gateway.streams.delivered, platform.source.readers()]).toEqual([2, 1]);
    await eventually(() => numbersOf(quick)).toEqual([0]);
    platform.source.finish();
    await eventually(quick.ended).toBe(true);
    const other = await open(accept, ticksOf('b'), expiring);
    await eventually(other.ended).toBe(true);
    expect(slow.text()).not.toContain('x\"');
    slow.response.resume();
    await eventually(slow.ended).toBe(true);
    expect(slow.text().endsWith(accept === SSE ? 'event: complete\ndata: \n\n' : '--graphql--\r\n')).toBe(true);
    expect(slow.text()).not.toContain('UNAUTHENTICATED');
  });

  it('is refused in words beyond what one client may have open', async () => {
    await start({ limits: { streamsPerClient: 2 } });
    const two = [await open(accept), await open(accept)];
    const third = await open(accept);
    await eventually(third.ended).toBe(true);
    expect([third.response.statusCode, JSON.parse(third.text())]).toEqual([429, { errors: [{ message: expect.stringContaining('2 streams'), extensions: { code: 'RATE_LIMITED' } }] }]);
    two[0]!.leave();
    await eventually(() => platform.gateway.streams.subscribers).toBe(1);
    const fourth = await open(accept);
    expect(fourth.response.statusCode).toBe(200);
  });

  it('beyond what the gateway may have in all is refused as well', async () => {
    await start({ limits: { streams: 1 } });
    await open(accept);
    const second = await open(accept);
    await eventually(second.text).toContain('All 1 streams');
    expect(second.response.statusCode).toBe(429);
  });
});

describe('Apollo Client', () => {
  const connect = (headers: Record<string, string> = {}) => new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: platform.gateway.url, headers, includeExtensions: true }) });

  it('reads subscriptions and queries by one link at one address', async () => {
    await start();
    const client = connect();
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
    await start();
    const client = connect({ authorization: `Bearer ${platform.issuer.issue({ lifetimeSeconds: 100 })}` });
    clockAhead = 97_000;
    let told: unknown;
    client.subscribe({ query: gql(ticksOf('a')), fetchPolicy: 'no-cache' }).subscribe({ next: ({ error }) => (told ??= error), error: (error) => (told ??= error) });
    await eventually(() => CombinedProtocolErrors.is(told) && told.errors.map(({ extensions }) => extensions?.['code']), { timeout: 10_000 }).toEqual(['UNAUTHENTICATED']);
  });

  it('is told what is wrong with an operation', async () => {
    await start();
    let told: unknown;
    connect().subscribe({ query: gql('subscription { nonsense }') }).subscribe({ next: ({ error }) => (told ??= error), error: (error) => (told ??= error) });
    await eventually(() => String(told)).toContain('nonsense');
  });
});

describe('the client of graphql-sse', () => {
  it('reads subscriptions and queries, and goes on by Last-Event-ID', async () => {
    await start();
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
    await start();
    const stream = await open(SSE);
    await eventually(() => numbersOf(stream)).toEqual([0]);
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
    await start();
    for (let n = 1; n <= 3; n += 1) platform.source.write('a');
    const first = await open(SSE);
    await eventually(() => numbersOf(first)).toEqual([3]);
    platform.source.write('a');
    await eventually(() => numbersOf(first)).toEqual([3, 4]);
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
    await start();
    const response = await fetch(`${platform.gateway.url}?query=${encodeURIComponent(ticksOf('a'))}`, { headers: { accept: SSE } });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('CSRF')]);
    expect(platform.source.opened).toEqual([]);
  });
});

it('tells who takes no streams where there are some, and who takes neither what there is', async () => {
  await start();
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
