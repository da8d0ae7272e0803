import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPlatform, type Platform } from '../support/platform.ts';
import { openTcp } from './support.ts';

const json = { 'content-type': 'application/json' };
const touch = 'mutation { touch(id: "t1") { id } }';

describe('a request that means harm', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform('in process', { allowedOrigins: ['https://app.example.org'], limits: { bodyBytes: 20_000 } });
  });
  beforeEach(() => platform.forget());
  afterAll(() => platform.stop());

  const post = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = json) => fetch(platform.gateway.url, { method: 'POST', headers, body });
  const get = (search: string, headers: Record<string, string> = {}) => fetch(`${platform.gateway.url}?${search}`, { headers });

  it.each<[attack: string, send: () => Promise<Response>]>([
    ['a form', () => post(new URLSearchParams({ query: touch }), {})],
    ['a form of several parts', () => post(Object.entries({ query: touch }).reduce((form, [name, value]) => (form.set(name, value), form), new FormData()), {})],
    ['plain text that is JSON', () => post(JSON.stringify({ query: touch }), { 'content-type': 'text/plain' })],
    ['plain text that calls itself JSON by a parameter', () => post(JSON.stringify({ query: touch }), { 'content-type': 'text/plain; application/json' })],
    ['a body of no type', () => post(new Blob([JSON.stringify({ query: touch })]), {})],
    ['a link', () => get(new URLSearchParams({ query: '{ users { id } }' }).toString())],
    ['a link with an empty header', () => get(new URLSearchParams({ query: '{ users { id } }' }).toString(), { 'apollo-require-preflight': '' })],
  ])('from another page, without asking first, by %s, is refused and nothing happens', async (_attack, send) => {
    const response = await send();
    expect([400, 415]).toContain(response.status);
    expect(platform.sent()).toBe('');
  });

  it('by GET never acts, whatever its headers say', async () => {
    const response = await get(new URLSearchParams({ query: touch }).toString(), { 'apollo-require-preflight': 'true' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    const named = await get(new URLSearchParams({ query: `query A { users { id } } ${touch.replace('mutation', 'mutation B')}`, operationName: 'B' }).toString(), { 'apollo-require-preflight': 'true' });
    expect(named.status).toBe(405);
    expect(platform.sent()).toBe('');
  });

  it('is one operation: a list of them is refused', async () => {
    const response = await post(JSON.stringify(Array.from({ length: 50 }, () => ({ query: '{ users { id } }' }))));
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('batching is not served')]);
    expect(platform.sent()).toBe('');
  });

  it('in several parts is refused', async () => {
    const form = new FormData();
    form.set('operations', JSON.stringify({ query: touch }));
    form.set('map', '{"0":["variables.file"]}');
    form.set('0', new Blob(['x'.repeat(100)]));
    expect((await post(form, { 'apollo-require-preflight': 'true' })).status).toBe(415);
    expect(platform.sent()).toBe('');
  });

  it.each(['gzip', 'br', 'deflate', 'identity', 'x'])('that is compressed (%s) is refused before it is unpacked', async (encoding) => {
    const bomb = gzipSync(Buffer.alloc(10_000_000, 'x'));
    const response = await post(new Uint8Array(bomb), { ...json, 'content-encoding': encoding });
    expect([response.status, await response.text()]).toEqual([415, expect.stringContaining('Compressed request bodies are not accepted')]);
  });

  it('that is larger than it may be is refused, whether it says so or not', async () => {
    const large = JSON.stringify({ query: '{ users { id } }', variables: { much: 'x'.repeat(30_000) } });
    expect((await post(large)).status).toBe(413);
    expect((await fetch(platform.gateway.url, { method: 'POST', headers: json, body: new Blob([large]).stream(), duplex: 'half' } as RequestInit)).status).toBe(413);
    expect(platform.sent()).toBe('');
  });

  it('whose id would break a line of a log or a header gets another id', async () => {
    const { socket, received } = await openTcp(platform.gateway.url);
    const body = '{"query":"{ users { id } }"}';
    // A carriage return alone: some take it for the end of a line.
    socket.write(`POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nx-request-id: req\tset-cookie:%0d%0aa=b\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    await expect.poll(received).toContain('{"data"');
    expect(received()).toMatch(/x-request-id: req_\w+\r\n/i);
    expect(received()).not.toContain('a=b');
    socket.destroy();
  });

  it.each(['req\r\nx-evil: 1', 'req\nx-evil: 1', 'req\0'])('whose id holds an end of line is no request at all: %j', async (id) => {
    const { socket, ended } = await openTcp(platform.gateway.url);
    socket.write(`POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nx-request-id: ${id}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`);
    expect(await ended).not.toMatch(/x-evil/i);
    expect(platform.sent()).toBe('');
  });

  it('that says its length twice is no request at all', async () => {
    const { socket, ended } = await openTcp(platform.gateway.url);
    socket.write('POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: x\r\n\r\n');
    const answer = await ended;
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toContain('smuggled');
  });

  it('cannot put its document under the hash of another', async () => {
    const sha256Hash = createHash('sha256').update('{ users { id } }').digest('hex');
    const poisoned = await post(JSON.stringify({ query: touch, extensions: { persistedQuery: { version: 1, sha256Hash } } }));
    expect(poisoned.status).toBe(400);
    const asked = await post(JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } } }));
    expect(await asked.text()).toContain('PersistedQueryNotFound');
    expect(platform.sent()).toBe('');
  });

  it('is not answered in a type that it makes up from what every object has', async () => {
    for (const accept of ['constructor', '__proto__', 'toString', 'valueOf;q=1']) expect((await post('{"query":"{ users { id } }"}', { ...json, accept })).status).toBe(406);
  });
});
