import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PagesError } from '../src/index.ts';
import { pageRoutes } from '../src/http/pages.ts';
import { startPlatform, type Platform } from './support/platform.ts';

describe('static pages', () => {
  let folder: string;
  let platform: Platform;
  let origin: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gateway-pages-'));
    const pages = join(folder, 'pages');
    await mkdir(join(pages, 'hello', 'parts'), { recursive: true });
    await writeFile(join(folder, 'secret.html'), 'secret');
    await writeFile(join(pages, 'hello', 'index.html'), '<!doctype html><title>Hello</title>');
    await writeFile(join(pages, 'hello', 'hello.js'), 'export {};');
    await writeFile(join(pages, 'hello', 'parts', 'look.css'), 'body {}');
    await writeFile(join(pages, 'hello', '.hidden.html'), 'secret');
    await symlink(join(folder, 'secret.html'), join(pages, 'hello', 'linked.html'));
    platform = await startPlatform('in process', { pagesDirectory: pages });
    origin = new URL(platform.gateway.url).origin;
  });
  afterAll(async () => {
    await platform.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** As it is written: `fetch` would tidy the path up first. */
  const raw = (path: string, method = 'GET'): Promise<{ status: number; text: string; headers: Record<string, unknown> }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(origin);
      httpRequest({ hostname, port, path, method }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
      }).on('error', reject).end();
    });

  it('are answered at the name of their folder, and what they are made of at its own path', async () => {
    for (const [path, type] of [['/hello', 'text/html; charset=utf-8'], ['/hello/hello.js', 'text/javascript; charset=utf-8'], ['/hello/parts/look.css', 'text/css; charset=utf-8']] as const) {
      const response = await fetch(`${origin}${path}`);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    }
    expect(await (await fetch(`${origin}/hello?lang=en`)).text()).toContain('<title>Hello</title>');
  });

  it('have one address each: with a slash at its end it leads there', async () => {
    const response = await fetch(`${origin}/hello/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/hello']);
  });

  it('say by HEAD what they would say by GET, and nothing of their content', async () => {
    const [head, get] = [await raw('/hello', 'HEAD'), await raw('/hello')];
    expect(head.text).toBe('');
    expect([head.status, head.headers['content-length'], head.headers['etag']]).toEqual([200, get.headers['content-length'], get.headers['etag']]);
  });

  it('are sent once to who has them already', async () => {
    const first = await fetch(`${origin}/hello`);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const again = await fetch(`${origin}/hello`, { headers: { 'if-none-match': `"other", ${first.headers.get('etag')}` } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const other = await fetch(`${origin}/hello`, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
  });

  it('let a browser run, show and call nothing but what comes from here', async () => {
    const { headers } = await fetch(`${origin}/hello`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect([headers.get('x-content-type-options'), headers.get('referrer-policy'), headers.get('cross-origin-opener-policy')]).toEqual(['nosniff', 'no-referrer', 'same-origin']);
  });

  it.each(['/hello/../../secret.html', '/hello/..%2f..%2fsecret.html', '/../secret.html', '/hello/%2e%2e/%2e%2e/secret.html', '//secret.html', '/hello/.hidden.html', '/hello/linked.html', '/hello/index.html/../../../secret.html', '/hello/hello.js%00.html', '/nowhere'])('lead nowhere else: %s', async (path) => {
    const { status, text } = await raw(path);
    expect(status).not.toBe(200);
    expect(text).not.toMatch(/^secret$/);
  });

  it('are read only: nothing is answered to other methods', async () => {
    expect((await raw('/hello', 'POST')).status).toBe(404);
  });

  it('that hold a file of an unknown kind, or are not there, keep the gateway from starting and say which', async () => {
    const odd = join(folder, 'odd');
    await mkdir(odd);
    await writeFile(join(odd, 'program.exe'), '');
    await expect(pageRoutes(odd)).rejects.toThrow(PagesError);
    await expect(pageRoutes(odd)).rejects.toThrow(/program\.exe is no file that a page is made of/);
    await expect(pageRoutes(join(folder, 'nowhere'))).rejects.toThrow(/There are no pages in .*nowhere/);
  });
});
