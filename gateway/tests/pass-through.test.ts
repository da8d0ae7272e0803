import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPlatform, type Platform } from './support/platform.ts';

interface Seen {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
}

const MOST = 2_000_000;
const pdf = { 'content-type': 'application/pdf' };

describe('a request that is passed through', () => {
  const seen: Seen[] = [];
  let begun = 0;
  let left = 0;
  let handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
  const other = createServer((request, response) => {
    begun += 1;
    request.once('close', () => (left += request.complete ? 0 : 1));
    Promise.resolve(handle(request, response)).catch(() => undefined);
  });
  let platform: Platform;
  let url: string;

  const takeAll = async (request: IncomingMessage): Promise<void> => {
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) bytes += chunk.length;
    seen.push({ url: request.url, headers: request.headers, bytes });
  };

  beforeAll(async () => {
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const target = `http://127.0.0.1:${(other.address() as AddressInfo).port}/there?way=fixed`;
    platform = await startPlatform('in process', {
      passThrough: [
        { method: 'POST', path: '/files', target },
        { method: 'GET', path: '/files', target },
        { method: 'POST', path: '/dead', target: 'http://127.0.0.1:1/there' },
      ],
      passThroughLimits: { maxBytes: MOST, idleMs: 300, answerMs: 1_000 },
      allowedOrigins: ['https://app.example.org'],
    });
    url = `${new URL(platform.gateway.url).origin}/files`;
  });
  beforeEach(() => {
    seen.length = 0;
    left = 0;
    begun = 0;
    handle = async (request, response) => {
      await takeAll(request);
      response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': 'a=b', server: 'inside', 'retry-after': '7' }).end('{"id":"x"}');
    };
  });
  afterAll(async () => {
    await platform.stop();
    other.closeAllConnections();
    other.close();
  });

  const post = (body: RequestInit['body'], headers: Record<string, string> = pdf) => fetch(url, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);

  it('carries its body and brings the answer', async () => {
    const response = await post(Buffer.alloc(MOST));
    expect([response.status, await response.json()]).toEqual([201, { id: 'x' }]);
    expect(seen).toMatchObject([{ url: '/there?way=fixed', bytes: MOST }]);
  });

  it('goes where it was told to, whatever the request says', async () => {
    await fetch(`${url}?to=http://evil.example.org/`, { method: 'POST', headers: { ...pdf, 'x-forwarded-host': 'evil.example.org' }, body: 'x' });
    expect(seen.map(({ url: there }) => there)).toEqual(['/there?way=fixed']);
  });

  it('takes only the headers along that say what the body is', async () => {
    await post('x', { ...pdf, authorization: 'Bearer secret', cookie: 'session=secret', 'x-actor': 'secret', 'x-request-id': 'mine' });
    expect(Object.keys(seen[0]!.headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'host']);
    expect(JSON.stringify(seen[0]!.headers)).not.toContain('secret');
  });

  it('brings back only the headers that say what the answer is, and nobody keeps it', async () => {
    const { headers } = await post('x');
    expect([headers.get('content-type'), headers.get('retry-after'), headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['application/json', '7', 'no-store', 'nosniff']);
    expect([headers.get('set-cookie'), headers.get('server')]).toEqual([null, null]);
  });

  it('may be made by pages of allowed origins, and no others', async () => {
    const preflight = async (origin: string) => (await fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })).headers.get('access-control-allow-origin');
    expect([await preflight('https://app.example.org'), await preflight('https://evil.example.org')]).toEqual(['https://app.example.org', null]);
    expect((await post('x', { ...pdf, origin: 'https://app.example.org' })).headers.get('access-control-allow-origin')).toBe('https://app.example.org');
  });

  it('is refused when it is too large, before anything is sent on where it says so, and as soon as it shows where not', async () => {
    const told = await post(Buffer.alloc(MOST + 1));
    expect([told.status, begun]).toEqual([413, 0]);
    const untold = await post(new Blob([Buffer.alloc(MOST * 3)]).stream());
    expect(untold.status).toBe(413);
    for (const response of [told, untold]) expect(await response.json()).toMatchObject({ code: 'FILE_TOO_LARGE', maxBytes: MOST, message: expect.stringContaining(String(MOST)) });
    await expect.poll(() => [begun, left]).toEqual([1, 1]);
    expect(seen).toEqual([]);
  });

  it('is refused when it is compressed', async () => {
    expect((await post('x', { ...pdf, 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('is given up when the client sends nothing for too long, and the other server is told', async () => {
    const slow = httpRequest(url, { method: 'POST', headers: { ...pdf, 'content-length': '1000' } });
    slow.write('some of it');
    const [response] = (await once(slow, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(408);
    slow.on('error', () => undefined).destroy();
    await expect.poll(() => left).toBe(1);
  });

  it('is given up when the client leaves, and the other server is told', async () => {
    const client = httpRequest(url, { method: 'POST', headers: { ...pdf, 'content-length': '1000' } });
    client.on('error', () => undefined).write('some of it');
    await expect.poll(() => begun).toBe(1);
    client.destroy();
    await expect.poll(() => left).toBe(1);
  });

  it('that the other server refuses before it has read it is answered with that refusal', async () => {
    handle = (_request, response) => void response.writeHead(503, { 'content-type': 'application/json' }).end('{"code":"TOO_BUSY"}');
    const response = await post(Buffer.alloc(MOST));
    expect([response.status, await response.json()]).toEqual([503, { code: 'TOO_BUSY' }]);
  });

  it('does not follow where the other server would lead it', async () => {
    handle = async (request, response) => {
      await takeAll(request);
      response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end();
    };
    const response = await fetch(url, { method: 'POST', headers: pdf, body: 'x', redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, null]);
  });

  it.each<[string, number, typeof handle | undefined]>([
    ['is dead', 503, undefined],
    ['is silent', 504, (request) => void request.resume()],
    ['leaves without a word', 503, (_request, response) => void response.destroy()],
  ])('says in a sentence that the other server %s', async (_how, status, does) => {
    handle = does ?? handle;
    const response = await fetch(does ? url : url.replace('/files', '/dead'), { method: 'POST', headers: pdf, body: 'x' });
    expect([response.status, await response.json()]).toEqual([status, { code: 'UNAVAILABLE', message: expect.stringContaining('Try again') }]);
  });

  it('breaks off where the other server breaks off: half an answer is never taken for a whole one', async () => {
    handle = async (request, response) => {
      await takeAll(request);
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    };
    await expect(post('x').then((response) => response.text())).rejects.toThrow();
  });

  it('by GET carries no body', async () => {
    const response = await fetch(url);
    expect(response.status).toBe(201);
    expect(seen).toMatchObject([{ bytes: 0 }]);
  });
});
