import type { Route } from '@buffrsign/kernel/gateway';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

/** Pages that cannot be served; the message names the file and says what to do. */
export class PagesError extends Error {
  override name = 'PagesError';
}

interface Page {
  readonly body: Buffer;
  readonly etag: string;
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** All pages are kept in memory. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Only what comes from this very address runs, shows and is called; no page of others shows this one inside of itself. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // Kept by browsers, but asked about each time: names do not change when their content does.
  'cache-control': 'no-cache',
};

/** Plain files below a folder, as paths with slashes. Links are not followed, and what begins with a dot is nobody's. */
const filesBelow = async (directory: string, below = ''): Promise<string[]> => {
  const entries = await readdir(join(directory, below), { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  const found = await Promise.all(visible.map((entry) => (entry.isDirectory() ? filesBelow(directory, `${below}/${entry.name}`) : entry.isFile() ? [`${below}/${entry.name}`] : [])));
  return found.flat().sort();
};

const readPage = async (directory: string, path: string): Promise<Page> => {
  const type = TYPES[extname(path)];
  if (!type || !/^[\w./-]+$/.test(path)) throw new PagesError(`${join(directory, path)} is no file that a page is made of. Take it out, or name it with one of ${Object.keys(TYPES).join(' ')}.`);
  const body = await readFile(join(directory, path));
  return { body, type, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
};

const answer = (page: Page, request: IncomingMessage, response: ServerResponse): void => {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  response.setHeader('etag', page.etag);
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  if (known.includes(page.etag) || known.includes('*')) return void response.writeHead(304).end();
  response.writeHead(200, { 'content-type': page.type, 'content-length': page.body.length });
  response.end(request.method === 'HEAD' ? undefined : page.body);
};

const redirect = (response: ServerResponse, location: string): void => void response.writeHead(308, { ...HEADERS, location }).end();

const routesOf = (path: string, handle: Route['handle']): Route[] => (['GET', 'HEAD'] as const).map((method) => ({ method, path, handle }));

/**
 * Static pages out of a folder: `name/index.html` is answered at `/name`, everything else at its own path. All of it is
 * read once, so that an address can lead to nothing but what was found then.
 *
 * @throws PagesError
 */
export const pageRoutes = async (directory: string): Promise<Route[]> => {
  const paths = await filesBelow(directory).catch((cause: unknown) => {
    throw new PagesError(`There are no pages in ${directory}. Set PAGES_DIR to a folder that can be read.`, { cause });
  });
  const pages = await Promise.all(paths.map(async (path) => ({ path, page: await readPage(directory, path) })));
  const bytes = pages.reduce((sum, { page }) => sum + page.body.length, 0);
  if (bytes > MOST_BYTES) throw new PagesError(`The pages in ${directory} are ${bytes} bytes; at most ${MOST_BYTES} are kept in memory. Take out what is not needed.`);
  return pages.flatMap(({ path, page }) => {
    const name = /^(\/.+)\/index\.html$/.exec(path)?.[1];
    if (!name) return routesOf(path, async (request, response) => answer(page, request, response));
    return [...routesOf(name, async (request, response) => answer(page, request, response)), ...routesOf(`${name}/`, async (_request, response) => redirect(response, name))];
  });
};
