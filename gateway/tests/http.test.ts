import { newId } from '@buffrsign/kernel/gateway';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPlatform, type Platform } from './support/platform.ts';

const json = { 'content-type': 'application/json' };

describe('GraphQL over HTTP', () => {
  let platform: Platform;
  const post = (body: string, headers: Record<string, string> = json) => fetch(platform.gateway.url, { method: 'POST', headers, body });
  const get = (search: string, headers: Record<string, string> = { 'apollo-require-preflight': 'yes' }) => fetch(`${platform.gateway.url}${search}`, { headers, redirect: 'manual' });

  beforeAll(async () => {
    platform = await startPlatform('in process', { allowedOrigins: ['https://app.example.org'], limits: { bodyBytes: 20_000 } });
  });
  beforeEach(() => platform.forget());
  afterAll(() => platform.stop());

  it('answers queries by GET, but no mutations', async () => {
    expect(await (await get(`?query=${encodeURIComponent('{ users { id } }')}`)).json()).toEqual({ data: { users: [{ id: 'u1' }, { id: 'u2' }] } });
    expect((await get(`?query=${encodeURIComponent('mutation { touch(id: "t1") { id } }')}`)).status).toBe(405);
  });

  it('refuses what another page could send without asking first', async () => {
    const byForm = await post('query={ users { id } }', { 'content-type': 'application/x-www-form-urlencoded' });
    const byLink = await get(`?query=${encodeURIComponent('{ users { id } }')}`, {});
    expect([byForm.status, byLink.status]).toEqual([400, 400]);
    expect(await byForm.text()).toContain('CSRF');
    expect(platform.sent()).toBe('');
  });

  it('refuses several operations in one request', async () => {
    const response = await post(JSON.stringify([{ query: '{ users { id } }' }, { query: '{ things { id } }' }]));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('batching is not served');
    expect(platform.sent()).toBe('');
  });

  it('names the limit when a body is too large, also when it does not say how long it is', async () => {
    const large = JSON.stringify({ query: '{ users { id } }', variables: { much: 'x'.repeat(30_000) } });
    const told = await post(large);
    expect(told.status).toBe(413);
    expect(await told.json()).toEqual({ errors: [{ message: expect.stringContaining('20000 bytes'), extensions: { code: 'BAD_REQUEST' } }] });
    const streamed = await fetch(platform.gateway.url, { method: 'POST', headers: json, body: new Blob([large]).stream(), duplex: 'half' } as RequestInit);
    expect(streamed.status).toBe(413);
  });

  it('says what is wrong with a body that it cannot read', async () => {
    const broken = await post('{ "query": ');
    expect([broken.status, await broken.json()]).toEqual([400, { errors: [{ message: 'The request body is not valid JSON.', extensions: { code: 'BAD_REQUEST' } }] }]);
    const compressed = await post('x', { ...json, 'content-encoding': 'gzip' });
    expect(compressed.status).toBe(415);
    const empty = await post('{}');
    expect(empty.status).toBe(400);
  });

  it('refuses a subscription by POST and says where they are served', async () => {
    const { body } = await platform.ask('subscription { counted { value } }');
    expect(body.errors?.[0]?.message).toContain('WebSocket');
    expect(platform.sent()).toBe('');
  });

  it('keeps a request id that is sound, makes one otherwise, and tells it', async () => {
    const mine = newId('req');
    const idFor = async (given: string) => (await post('{"query":"{ users { id } }"}', { ...json, 'x-request-id': given })).headers.get('x-request-id');
    expect(await idFor(mine)).toBe(mine);
    expect(await idFor('has spaces and "quotes"')).toMatch(/^req_/);
    expect(await idFor('x'.repeat(200))).toMatch(/^req_/);
  });

  it('lets pages of allowed origins call, and no others', async () => {
    const preflight = (origin: string) => fetch(platform.gateway.url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type, authorization' } });
    const allowed = await preflight('https://app.example.org');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    const other = await preflight('https://evil.example.org');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    const answer = await post('{"query":"{ users { id } }"}', { ...json, origin: 'https://app.example.org' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
    expect(answer.headers.get('vary')).toContain('origin');
  });

  it('shows a page to people and sends them there from the root', async () => {
    const page = await get('', { accept: 'text/html' });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('/ide/graphiql.js');
    const root = await fetch(new URL('/', platform.gateway.url), { redirect: 'manual' });
    expect([root.status, root.headers.get('location')]).toEqual([302, '/graphql']);
  });

  it('cancels what it asked of subgraphs when the client leaves', async () => {
    let asked: AbortSignal | undefined;
    const slow = await startPlatform('in process', {
      transports: {
        users: { execute: ({ signal }) => new Promise((_resolve, reject) => ((asked = signal), signal?.addEventListener('abort', () => reject(signal.reason)))), subscribe: () => Promise.reject(new Error('not asked')) },
        things: { execute: () => Promise.reject(new Error('not asked')), subscribe: () => Promise.reject(new Error('not asked')) },
      },
    });
    const client = httpRequest(slow.gateway.url, { method: 'POST', headers: json });
    client.on('error', () => undefined);
    client.end('{"query":"{ users { id } }"}');
    await expect.poll(() => asked).toBeDefined();
    expect(asked?.aborted).toBe(false);
    client.destroy();
    await expect.poll(() => asked?.aborted).toBe(true);
    await slow.stop();
  });

  it('gives neither schema nor page away when introspection is off', async () => {
    const closed = await startPlatform('in process', { introspection: 'none' });
    const { status, body } = await closed.ask('{ __schema { queryType { name } } }');
    expect([status, body.errors?.[0]?.extensions?.['code']]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    expect((await closed.ask('{ user { id } }')).body.errors?.[0]?.message).not.toContain('Did you mean');
    const page = await fetch(closed.gateway.url, { headers: { accept: 'text/html' } });
    expect(await page.text()).not.toContain('/ide/');
    expect((await fetch(new URL('/ide/ide.js', closed.gateway.url))).status).toBe(404);
    await closed.stop();
  });
});
