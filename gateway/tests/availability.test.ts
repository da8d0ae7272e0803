import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger, Problem } from '@buffrsign/kernel/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpTransport, type HttpTransport } from '../src/index.ts';
import { startPlatform, type Platform } from './support/platform.ts';
import { SECRET } from './support/subgraph.ts';

const read = async (url: string, path: string) => {
  const response = await fetch(new URL(path, url));
  return { status: response.status, body: await response.json() };
};

describe('when a subgraph is out of reach', () => {
  let platform: Platform;
  beforeEach(async () => {
    platform = await startPlatform('over HTTP');
  });
  afterEach(() => platform.stop());

  it('its fields are null with an error that names it, and the rest of the answer stands', async () => {
    await platform.users.stop();
    const { status, body } = await platform.ask('{ users { id } failing things { title owner { id name } } }');
    expect(status).toBe(200);
    expect(body.data).toBeNull();
    const { body: partial } = await platform.ask('{ failing things { title owner { id name } } }');
    expect(partial.data).toEqual({ failing: null, things: [{ title: 'Pen', owner: null }, { title: 'Seal', owner: null }] });
    expect(partial.errors).toEqual([
      { message: expect.stringContaining('"users"'), path: ['failing'], extensions: { code: 'UNAVAILABLE', subgraph: 'users' } },
      { message: expect.stringContaining('"users"'), path: ['things', '@', 'owner'], extensions: { code: 'UNAVAILABLE', subgraph: 'users' } },
    ]);
    expect(platform.log.join()).toContain('ECONNREFUSED');
  });

  it('an event of a subscription still comes, with what is missing named', async () => {
    const { connect, subscribe } = await import('./support/client.ts');
    const client = connect(platform.gateway.subscriptionUrl);
    const { events } = subscribe(client, 'subscription { counted { value thing { owner { name } } } }');
    await expect.poll(() => platform.ticker.readers()).toBe(1);
    await platform.users.stop();
    platform.ticker.tick(1);
    await expect.poll(() => events).toMatchObject([{ data: { counted: { value: 1, thing: { owner: null } } }, errors: [{ extensions: { code: 'UNAVAILABLE', subgraph: 'users' } }] }]);
    await client.dispose();
  });

  it('a subscription that cannot be opened says so', async () => {
    const { connect, subscribe } = await import('./support/client.ts');
    await platform.things.stop();
    const client = connect(platform.gateway.subscriptionUrl);
    const { events, over } = subscribe(client, 'subscription { counted { value } }');
    await expect.poll(over).toBe('complete');
    expect(events).toMatchObject([{ errors: [{ extensions: { code: 'UNAVAILABLE', subgraph: 'things' } }] }]);
    await client.dispose();
  });

  it('the gateway is ready once all have answered, and stays so when one is lost', async () => {
    expect(await read(platform.gateway.url, '/health/live')).toEqual({ status: 200, body: { status: 'live' } });
    expect(await read(platform.gateway.url, '/health/ready')).toMatchObject({ status: 200, body: { status: 'ready', notReady: [], unreachable: [], checks: { process: true, users: true, things: true } } });
    await platform.users.stop();
    expect(await read(platform.gateway.url, '/health/ready')).toMatchObject({ status: 200, body: { status: 'ready', notReady: [], unreachable: ['users'], checks: { users: false, things: true } } });
  });

  it('the gateway is not ready before all have answered, and says who is missing', async () => {
    await platform.stop();
    platform = await startPlatform('over HTTP');
    await platform.things.stop();
    expect(await read(platform.gateway.url, '/health/ready')).toMatchObject({ status: 503, body: { status: 'not ready', notReady: ['things: This subgraph has not answered yet.'] } });
    expect((await read(platform.gateway.url, '/health/live')).status).toBe(200);
  });

  it('the gateway says that it is not ready from the moment on at which it begins to stop', async () => {
    expect(await platform.gateway.readiness()).toMatchObject({ ready: true, notReady: [] });
    const stopped = platform.gateway.stop();
    expect(await platform.gateway.readiness()).toMatchObject({ ready: false, notReady: ['process: It is stopping.'] });
    await stopped;
    expect(await platform.gateway.readiness()).toMatchObject({ ready: false, notReady: ['process: It has stopped.'] });
  });
});

describe('the HTTP transport', () => {
  const open: { stop(): Promise<void> }[] = [];
  const log = createLogger('gateway', 'silent');
  const to = async (status: number, body: string | undefined, timeoutMs = 5_000): Promise<HttpTransport> => {
    const server = createServer((_request, response) => (body === undefined ? undefined : response.writeHead(status).end(body)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const transport = createHttpTransport({ name: 'toy', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, actorTokenSecret: SECRET, log, timeoutMs });
    open.push({ stop: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())) });
    return transport;
  };
  const execute = (transport: HttpTransport, signal?: AbortSignal) => transport.execute({ query: '{ a }', actor: { kind: 'anonymous' }, requestId: 'req_1', ...(signal && { signal }) });
  afterEach(() => Promise.all(open.splice(0).map(({ stop }) => stop())));

  it.each([
    ['an answer that is no JSON', 502, '<html>Bad Gateway</html>'],
    ['JSON that is no GraphQL result', 200, '{"hello":"world"}'],
    ['an empty answer', 200, ''],
  ])('takes %s for unavailable', async (_what, status, body) => {
    const failure = await execute(await to(status, body)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Problem);
    expect(failure).toMatchObject({ code: 'UNAVAILABLE', extensions: { subgraph: 'toy' } });
  });

  it('passes on a GraphQL result whatever its status', async () => {
    expect(await execute(await to(401, '{"errors":[{"message":"no"}]}'))).toEqual({ errors: [{ message: 'no' }] });
  });

  it('waits no longer than it may', async () => {
    await expect(execute(await to(200, undefined, 50))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('ends a fetch that nobody waits for', async () => {
    const client = new AbortController();
    const fetching = execute(await to(200, undefined), client.signal);
    client.abort();
    await expect(fetching).rejects.toMatchObject({ message: expect.stringContaining('client left') });
  });
});
