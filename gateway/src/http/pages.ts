import type { Route } from '@buffrsign/kernel/gateway';
import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { answerFile, STATIC_TYPES, staticFile, staticHeaders, type StaticFile } from './static-file.ts';

/** Pages that cannot be served; the message names the file and says what to do. */
export class PagesError extends Error {
  override name = 'PagesError';
}

/** All pages are kept in memory. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Plain files below a folder, as paths with slashes. Links are not followed, and what begins with a dot is nobody's. */
const filesBelow = async (directory: string, below = ''): Promise<string[]> => {
  const entries = await readdir(join(directory, below), { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  const found = await Promise.all(visible.map((entry) => (entry.isDirectory() ? filesBelow(directory, `${below}/${entry.name}`) : entry.isFile() ? [`${below}/${entry.name}`] : [])));
  return found.flat().sort();
};

const readPage = async (directory: string, path: string): Promise<StaticFile> => {
  const page = /^[\w./-]+$/.test(path) ? staticFile(path, await readFile(join(directory, path))) : undefined;
  if (!page) throw new PagesError(`${join(directory, path)} is no file that a page is made of. Take it out, or name it with one of ${Object.keys(STATIC_TYPES).join(' ')}.`);
  return page;
};

const redirect = (response: ServerResponse, location: string): void => void response.writeHead(308, { ...staticHeaders(), location }).end();

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
    if (!name) return routesOf(path, async (request, response) => answerFile(page, request, response));
    return [...routesOf(name, async (request, response) => answerFile(page, request, response)), ...routesOf(`${name}/`, async (_request, response) => redirect(response, name))];
  });
};
