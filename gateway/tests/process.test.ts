import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, subscribe } from './support/client.ts';
import { startIssuer, type TestIssuer } from './support/issuer.ts';
import { SECRET, serveSubgraph, type ToySubgraph } from './support/subgraph.ts';
import { compose, createToys, type Ticker } from './support/toys.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

const launch = (env: Record<string, string>) => {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const exited = once(child, 'close').then(([code, signal]) => ({ code: code as number | null, signal: signal as string | null }));
  return { child, exited, out: () => out, err: () => err };
};

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
    ['an address is none', () => ({ USERS_URL: 'not an address' }), 'USERS_URL: "not an address" is no address'],
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
