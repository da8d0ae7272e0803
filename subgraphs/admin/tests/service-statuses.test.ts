import { aGuest, aStranger, aUser, anonymous, startTestSubgraph } from '@buffrsign/kernel/testing';
import type { ServiceStatus } from '@buffrsign/kernel';
import { createHttpDirectory, createLocalDirectory } from '@buffrsign/kernel/platform';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { admin } from '../src/subgraph.ts';

const QUERY = '{ serviceStatuses { name status since checkedAt version details } }';
const at = new Date('2026-11-26T08:00:00.000Z');
const scopes = ['services:read'];

describe('how the parts of the platform are', () => {
  const known: ServiceStatus[] = [
    { name: 'two', status: 'NOT_READY', since: at, checkedAt: at, version: '1.2.3', details: ['database: Its database does not answer.'] },
    { name: 'one', status: 'READY', since: at, checkedAt: at, version: '1.2.3', details: [] },
  ];
  const start = () => startTestSubgraph(admin, { directory: { statuses: async () => known } });
  let graph: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    graph = await start();
  });
  afterAll(() => graph.stop());

  test('is told by name to those who may see it', async () => {
    const { data, errors } = await graph.as(aUser(scopes))<{ serviceStatuses: ServiceStatus[] }>(QUERY);
    expect(errors).toBeUndefined();
    expect(data!.serviceStatuses).toEqual([
      { name: 'one', status: 'READY', since: at.toISOString(), checkedAt: at.toISOString(), version: '1.2.3', details: [] },
      { name: 'two', status: 'NOT_READY', since: at.toISOString(), checkedAt: at.toISOString(), version: '1.2.3', details: ['database: Its database does not answer.'] },
    ]);
  });

  test.each([
    ['a member without the permission', aStranger(['audit:read', 'configuration:write'])],
    ['a guest', aGuest({ organizationId: 'org_1', resourceId: 'env_1', scopes: ['envelope:sign'] })],
    ['nobody in particular', anonymous],
  ])('is not told to %s', async (_who, actor) => {
    const { data, errors } = await graph.as(actor)(QUERY);
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(JSON.stringify(errors)).not.toContain('database');
  });
});

describe('a directory of parts across a network', () => {
  const open: Server[] = [];
  afterEach(() => open.splice(0).forEach((server) => (server.close(), server.closeAllConnections())));
  let asked = 0;
  const serve = async (status: number, body: string | undefined, headers: Record<string, string> = {}): Promise<string> => {
    const server = createServer((request, response) => {
      asked += 1;
      if (request.url !== '/health/ready') return void response.writeHead(404).end();
      if (body !== undefined) response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const since = '2026-11-26T07:00:00.000Z';

  test('tells who is ready, who is not and why, who is not there and who does not answer in time, and nobody waits for the last', async () => {
    const addresses = [
      { name: 'ready', url: `${await serve(200, JSON.stringify({ status: 'ready', version: '1.0.0', since, notReady: [] }))}/graphql` },
      { name: 'lacking', url: await serve(503, JSON.stringify({ status: 'not ready', version: '1.0.0', since, notReady: ['bus: What carries facts to and from it does not answer.'] })) },
      { name: 'gone', url: 'http://127.0.0.1:9' },
      { name: 'silent', url: await serve(200, undefined) },
      { name: 'other', url: await serve(200, '<html>hello</html>') },
      { name: 'elsewhere', url: await serve(302, '', { location: 'http://127.0.0.1:9/' }) },
    ];
    const statuses = await createHttpDirectory(addresses, () => at).statuses();
    const nothing = { status: 'UNREACHABLE', version: null, since: at };
    expect(statuses.map(({ checkedAt: _same, ...rest }) => rest)).toEqual([
      { name: 'ready', status: 'READY', version: '1.0.0', since: new Date(since), details: [] },
      { name: 'lacking', status: 'NOT_READY', version: '1.0.0', since: new Date(since), details: ['bus: What carries facts to and from it does not answer.'] },
      { name: 'gone', ...nothing, details: [expect.stringContaining('does not answer')] },
      { name: 'silent', ...nothing, details: ['It did not answer within 2 seconds.'] },
      { name: 'other', ...nothing, details: [expect.stringContaining('something else')] },
      { name: 'elsewhere', ...nothing, details: [expect.any(String)] },
    ]);
    // No address of the network is told to whoever may ask.
    expect(JSON.stringify(statuses)).not.toContain('127.0.0.1');
  });

  test('is asked once for all who ask at the same time', async () => {
    asked = 0;
    const directory = createHttpDirectory([{ name: 'ready', url: await serve(200, JSON.stringify({ notReady: [] })) }], () => at);
    await Promise.all(Array.from({ length: 20 }, () => directory.statuses()));
    expect(asked).toBe(1);
  });

  test('says what to do where nobody said where the parts are', async () => {
    await expect(createHttpDirectory([], () => at).statuses()).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('SERVICE_URLS') });
  });
});

describe('a directory of parts in this process', () => {
  test('tells what each says of itself', async () => {
    const directory = createLocalDirectory('1.0.0', () => at);
    directory.add('one', async () => ({ ready: true, notReady: [], checks: {}, since: at }));
    directory.add('two', async () => ({ ready: false, notReady: ['bus: It is away.'], checks: { bus: false }, since: at }));
    expect(await directory.statuses()).toEqual([
      { name: 'one', status: 'READY', version: '1.0.0', since: at, checkedAt: at, details: [] },
      { name: 'two', status: 'NOT_READY', version: '1.0.0', since: at, checkedAt: at, details: ['bus: It is away.'] },
    ]);
  });
});
