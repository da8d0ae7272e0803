import { serverAudits } from 'graphql-http';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPlatform, type Platform } from './support/platform.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform('in process');
});
afterAll(() => platform.stop());

/** As a client that knows of CSRF prevention: a GET says that it asked first. */
const fetchFn: typeof fetch = (input, init) => fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), 'apollo-require-preflight': 'true' } });

const audits = serverAudits({ url: () => platform.gateway.url, fetchFn });

describe('GraphQL over HTTP, by the audits of graphql-http', () => {
  it('are as many as are known', () => expect(audits).toHaveLength(61));

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s: %s', async (_id, _name, audit) => {
    const result = await audit.fn();
    expect([result.status, 'reason' in result ? result.reason : '']).toEqual(['ok', '']);
  });
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('what clients do beyond the audits', () => {
  const post = (body: unknown, headers: Record<string, string> = {}) => fetch(platform.gateway.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

  it('a document can be sent once and then named by its hash', async () => {
    const query = '{ users { id } }';
    const persistedQuery = { version: 1, sha256Hash: hashOf('another') };
    const unknown = await post({ extensions: { persistedQuery } });
    expect([unknown.status, await unknown.json()]).toEqual([200, { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] }]);
    expect((await post({ query, extensions: { persistedQuery } })).status).toBe(400);
    persistedQuery.sha256Hash = hashOf(query);
    for (const body of [{ query, extensions: { persistedQuery } }, { extensions: { persistedQuery } }]) {
      expect(await (await post(body)).json()).toEqual({ data: { users: [{ id: 'u1' }, { id: 'u2' }] } });
    }
  });

  it('multipart requests are refused in words', async () => {
    const form = new FormData();
    form.set('operations', '{}');
    const response = await fetch(platform.gateway.url, { method: 'POST', headers: { 'apollo-require-preflight': 'true' }, body: form });
    expect([response.status, await response.text()]).toEqual([415, expect.stringContaining('Multipart requests are not accepted')]);
  });

  it('an answer comes in the type that weighs most, and not at all in one that is not ours', async () => {
    const typeFor = async (accept: string) => (await post({ query: '{ users { id } }' }, { accept })).headers.get('content-type');
    expect(await typeFor('application/json;q=0.5, application/graphql-response+json')).toBe('application/graphql-response+json; charset=utf-8');
    expect(await typeFor('application/graphql-response+json;q=0.1, application/json;q=0.9')).toBe('application/json; charset=utf-8');
    const other = await post({ query: '{ users { id } }' }, { accept: 'text/csv' });
    expect(other.status).toBe(406);
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('a large answer is compressed by %s for who takes it, a small one never', async (encoding, decompress) => {
    const raw = (query: string): Promise<{ encoding: string | undefined; bytes: Buffer }> =>
      new Promise((resolve, reject) => {
        const asked = request(platform.gateway.url, { method: 'POST', headers: { 'content-type': 'application/json', 'accept-encoding': encoding } }, async (response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk as Buffer);
          resolve({ encoding: response.headers['content-encoding'], bytes: Buffer.concat(chunks) });
        });
        asked.once('error', reject).end(JSON.stringify({ query }));
      });
    const large = await raw(`{ ${Array.from({ length: 19 }, (_, index) => `users${'s'.repeat(100)}${index}: users { id name }`).join(' ')} }`);
    expect(large.encoding).toBe(encoding);
    expect(Object.keys((JSON.parse(decompress(large.bytes).toString()) as { data: object }).data)).toHaveLength(19);
    const small = await raw('{ users { id } }');
    expect([small.encoding, small.bytes.toString()]).toEqual([undefined, '{"data":{"users":[{"id":"u1"},{"id":"u2"}]}}']);
  });
});
