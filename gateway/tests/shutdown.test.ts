import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startIssuer, type TestIssuer } from './support/issuer.ts';
import { launch } from './support/gateway-process.ts';
import { startLoad } from './support/load.ts';
import { openConnection } from './support/raw-http.ts';
import { SECRET } from './support/subgraph.ts';
import { startToys } from './support/versions.ts';

const patiently = <Value>(read: () => Value) => expect.poll(read, { timeout: 25_000 });

describe('a gateway process that is told to stop', () => {
  let toys: Awaited<ReturnType<typeof startToys>>;
  let issuer: TestIssuer;
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    toys = await startToys();
    issuer = await startIssuer();
    folder = await mkdtemp(join(tmpdir(), 'gateway-'));
    await writeFile(join(folder, 'supergraph.graphql'), toys.withField);
    env = { SUPERGRAPH_PATH: join(folder, 'supergraph.graphql'), ACTOR_TOKEN_SECRET: SECRET, TOKEN_ISSUERS: `auth user ${issuer.trusted.jwksUrl}`, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info', LIMITS: 'messagesPerSecond=1000000' };
  });
  beforeEach(() => toys.acts.clear());
  afterAll(async () => {
    await Promise.all([toys.stop(), issuer.stop(), rm(folder, { recursive: true })]);
  });

  const start = async (more: Record<string, string> = {}) => {
    const gateway = launch({ ...env, ...more });
    await patiently(gateway.url).toBeDefined();
    const url = gateway.url()!;
    return { ...gateway, url, stop: () => gateway.child.kill('SIGTERM'), status: () => fetch(new URL('/health/ready', url), { headers: { connection: 'close' } }).then(({ status }) => status, () => 'refused') };
  };

  it.each([
    ...[1, 2, 3, 4].map((time) => ['at once', '0', time] as const),
    ...[1, 2, 3, 4].map((time) => ['after time to turn away', '1500', time] as const),
  ])('%s (DRAIN_MS=%s, time %i) answers every request that it took, does every act once, and ends with 0', async (_when, drainMs) => {
    const gateway = await start({ DRAIN_MS: drainMs });
    const load = startLoad(gateway.url);
    const slow = await openConnection(gateway.url);
    const slowAnswers = [slow.post({ query: '{ slow }' }), slow.post({ query: '{ slow }' })];
    await patiently(() => toys.waiting.size).toBe(2);
    await patiently(() => load.acts.filter(({ answered }) => answered).length).toBeGreaterThan(300);
    gateway.stop();
    if (drainMs !== '0') await patiently(gateway.status).toBe(503);
    await patiently(gateway.status).toBe('refused');
    expect(gateway.child.exitCode).toBe(null);
    toys.answerSlow();

    expect((await Promise.all(slowAnswers)).map((answer) => [answer?.body, answer?.last])).toEqual([
      [{ data: { slow: 'at last' } }, false],
      [{ data: { slow: 'at last' } }, true],
    ]);
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    const { codes, stream } = await load.ended();
    expect(codes).toEqual([1001, 1001]);
    expect(stream).toMatchObject({ code: 1001 });
    const kinds = new Set(load.acts.filter(({ answered }) => answered).map(({ id }) => id.split('-')[0]));
    expect([...kinds].sort()).toEqual(['ahead', 'fresh', 'kept', 'socket']);
    const wrong = load.acts.filter(({ id, answered }) => (toys.acts.get(id) ?? 0) !== (answered ? 1 : 0));
    expect(wrong).toEqual([]);
    // Who is given time to turn away has no reason to lose even a request that was not taken.
    if (drainMs !== '0') expect(load.acts.filter(({ id, answered, onKept }) => onKept && !answered && !id.startsWith('socket'))).toEqual([]);
  }, 60_000);

  it('answers with what is there before its time is over, when a subgraph does not answer', async () => {
    const gateway = await start({ GRACE_MS: '2000' });
    const connection = await openConnection(gateway.url);
    const answer = connection.post({ query: '{ slow things { first } }' });
    await patiently(() => toys.waiting.size).toBe(1);
    gateway.stop();
    expect(await answer).toMatchObject({ status: 200, last: true, body: { data: null, errors: [{ path: ['slow'], extensions: { code: 'UNAVAILABLE' } }, { path: ['things'] }] } });
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    toys.answerSlow();
  });

  it('waits no longer than its time for a client that does not send on, nor for one that sends nothing', async () => {
    const gateway = await start({ GRACE_MS: '1000' });
    const [half, nothing] = [await openConnection(gateway.url), await openConnection(gateway.url)];
    half.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    gateway.stop();
    await nothing.closed;
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    await half.closed;
  });

  it('takes a request on a connection that was opened before, and says that it is the last', async () => {
    const gateway = await start({ DRAIN_MS: '20000' });
    const connection = await openConnection(gateway.url);
    expect(await connection.post({ query: '{ __typename }' })).toMatchObject({ status: 200, last: false });
    gateway.stop();
    await patiently(gateway.status).toBe(503);
    expect(await connection.post({ query: '{ __typename }' })).toEqual({ status: 200, last: true, body: { data: { __typename: 'Query' } } });
    await connection.closed;
    // Who has no patience says so again.
    gateway.stop();
    expect(await gateway.exited).toMatchObject({ signal: 'SIGTERM' });
  });
});
