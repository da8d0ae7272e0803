import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, subscribe } from './support/client.ts';
import { launch } from './support/gateway-process.ts';
import { startIssuer, type TestIssuer } from './support/issuer.ts';
import { SECRET, serveSubgraph, type ToySubgraph } from './support/subgraph.ts';
import { compose, createToys, type Ticker } from './support/toys.ts';

describe('the gateway as a process', () => {
  let issuer: TestIssuer;
  let users: ToySubgraph;
  let things: ToySubgraph;
  let ticker: Ticker;
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    const toys = createToys();
    ticker = toys.ticker;
    issuer = await startIssuer();
    users = await serveSubgraph(toys.schemas.users);
    things = await serveSubgraph(toys.schemas.things);
    folder = await mkdtemp(join(tmpdir(), 'gateway-'));
    await writeFile(join(folder, 'supergraph.graphql'), compose({ users: 'http://users.invalid', things: things.url }));
    env = {
      SUPERGRAPH_PATH: join(folder, 'supergraph.graphql'),
      ACTOR_TOKEN_SECRET: SECRET,
      TOKEN_ISSUERS: `auth user ${issuer.trusted.jwksUrl}, signatures guest http://127.0.0.1:1/keys`,
      USERS_URL: users.url,
      PORT: '0',
      HOST: '127.0.0.1',
    };
  });
  afterAll(async () => {
    await Promise.all([issuer.stop(), users.stop(), things.stop(), rm(folder, { recursive: true })]);
  });

  it('serves by its environment alone and stops in order at SIGTERM', async () => {
    const { child, exited, out, err } = launch(env);
    await expect.poll(out, { timeout: 20_000 }).toContain('gateway ready');
    const url = String(/"url":"([^"]+)"/.exec(out())?.[1]);
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${issuer.issue()}` }, body: '{"query":"{ me { name things { title } } }"}' });
    expect(await response.json()).toEqual({ data: { me: { name: 'Ndapewa', things: [{ title: 'Pen' }] } } });
    const client = connect(url.replace('http', 'ws'));
    let closed: { code?: number } | undefined;
    client.on('closed', (event) => (closed = event as { code?: number }));
    subscribe(client, 'subscription { counted { value } }');
    await expect.poll(() => ticker.readers()).toBe(1);
    child.kill('SIGTERM');
    expect(await exited).toEqual({ code: 0, signal: null });
    await expect.poll(() => closed?.code).toBe(1001);
    await expect.poll(() => ticker.readers()).toBe(0);
    expect(err()).toBe('');
  });

  it.each([
    ['when the file is replaced', { SUPERGRAPH_POLL_MS: '200' }, () => undefined],
    ['at SIGHUP, and only then where files are not followed', { SUPERGRAPH_POLL_MS: '0' }, (child: { kill(signal: 'SIGHUP'): unknown }) => void child.kill('SIGHUP')],
  ] as const)('takes another supergraph %s; one that cannot be served is refused in the log and in its health', async (_when, more, tell) => {
    const path = join(folder, 'followed.graphql');
    const put = async (sdl: string): Promise<void> => {
      await writeFile(`${path}.new`, sdl);
      await rename(`${path}.new`, path);
      tell(child);
    };
    const sdl = compose({ users: users.url, things: things.url });
    await writeFile(path, sdl);
    const { child, exited, out, url } = launch({ ...env, ...more, SUPERGRAPH_PATH: path });
    await expect.poll(url, { timeout: 20_000 }).toBeDefined();
    const health = async (): Promise<any> => ((await (await fetch(new URL('/health/ready', url()))).json()) as { supergraph: unknown }).supergraph;
    const { version } = await health();

    await put(sdl.slice(0, 1_000));
    await expect.poll(async () => (await health()).refused?.reason, { timeout: 20_000 }).toContain('cannot be served');
    // What the process writes comes by another way than its health.
    await expect.poll(out, { timeout: 20_000 }).toContain('supergraph refused; the one before is served on');
    expect((await health()).version).toBe(version);

    await put(`# The same, said otherwise.\n${sdl}`);
    await expect.poll(async () => (await health()).version, { timeout: 20_000 }).not.toBe(version);
    expect((await health()).refused).toBeUndefined();
    child.kill('SIGTERM');
    expect(await exited).toEqual({ code: 0, signal: null });
  });

  it('prints every setting that is missing or wrong as a sentence and ends with 1', async () => {
    const { exited, err } = launch({ PORT: 'many', TOKEN_ISSUERS: 'auth robot nowhere', ACTOR_TOKEN_SECRET: 'short', PASS_THROUGH: 'POST /files http://files:1/files, POST /files ftp://files' });
    expect((await exited).code).toBe(1);
    expect(err()).toContain('gateway cannot start');
    for (const name of ['PORT', 'TOKEN_ISSUERS: "auth robot nowhere" is not of the form', 'ACTOR_TOKEN_SECRET: must have at least 32 characters', 'PASS_THROUGH: "POST /files ftp://files" is not of the form']) expect(err()).toContain(name);
    expect(err()).not.toMatch(/^\s+at /m);
  });

  it.each([
    ['the supergraph is not there', () => ({ SUPERGRAPH_PATH: join(folder, 'nowhere.graphql') }), 'There is no supergraph at'],
    ['its pages are not there', () => ({ PAGES_DIR: join(folder, 'nowhere') }), 'There are no pages in'],
    ['an address is none', () => ({ USERS_URL: 'not an address' }), 'The subgraph "users" has no address: "not an address" is none. Set USERS_URL'],
  ])('says so and ends with 1 when %s', async (_what, wrong, says) => {
    const { exited, err } = launch({ ...env, ...wrong() });
    expect((await exited).code).toBe(1);
    expect(err()).toContain(says);
    expect(err()).not.toMatch(/^\s+at /m);
  });

  it('says so and ends with 1 when its port is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const { exited, err } = launch({ ...env, PORT: String(port) });
    expect((await exited).code).toBe(1);
    expect(err()).toBe(`Port ${port} is taken by another process. Stop that process, or set another port.\n`);
    holder.close();
  });
});
