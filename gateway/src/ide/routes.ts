import type { Route } from '@buffrsign/kernel/gateway';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerFile, staticFile, type StaticFile } from '../http/static-file.ts';
import type { Example } from './examples.ts';

/** The page for people: GraphiQL, from this address alone, so that it works without the internet. */
export interface Ide {
  /** Answers the page itself. */
  readonly page: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** What the page is made of. */
  readonly routes: readonly Route[];
}

/**
 * As strict as for other pages, but for what GraphiQL cannot do without: styles that it writes as it runs, and fonts and
 * pictures inside of its style sheet. Scripts still come from this address only, and only as files.
 */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const own = fileURLToPath(new URL('../../ide', import.meta.url));
const packages = createRequire(import.meta.url);
const inPackage = (name: string, ...path: string[]): string => join(dirname(packages.resolve(`${name}/package.json`)), ...path);

/** Files by the addresses that the page names. */
const files = (): Readonly<Record<string, string>> => ({
  '/ide/ide.js': join(own, 'ide.js'),
  '/ide/operations.js': join(own, 'operations.js'),
  '/ide/ide.css': join(own, 'ide.css'),
  '/ide/react.js': inPackage('react', 'umd', 'react.production.min.js'),
  '/ide/react-dom.js': inPackage('react-dom', 'umd', 'react-dom.production.min.js'),
  '/ide/graphiql.js': inPackage('graphiql', 'graphiql.min.js'),
  '/ide/graphiql.css': inPackage('graphiql', 'graphiql.min.css'),
  '/ide/graphql-ws.js': inPackage('graphql-ws', 'umd', 'graphql-ws.min.js'),
});

/** Read when it is first asked for, and then kept: most gateways are never opened in a browser. */
const createReader = (path: string): (() => Promise<StaticFile>) => {
  let reading: Promise<StaticFile> | undefined;
  const read = async (): Promise<StaticFile> => staticFile(path, await readFile(path))!;
  return () => {
    reading ??= read();
    reading.catch(() => (reading = undefined));
    return reading;
  };
};

export const createIde = (examples: () => Promise<readonly Example[]>): Ide => {
  const page = createReader(join(own, 'index.html'));
  return {
    page: async (request, response) => answerFile(await page(), request, response, POLICY),
    routes: [
      ...Object.entries(files()).map(([path, file]): Route => {
        const read = createReader(file);
        return { method: 'GET', path, handle: async (request, response) => answerFile(await read(), request, response) };
      }),
      { method: 'GET', path: '/ide/examples.json', handle: async (request, response) => answerFile(staticFile('examples.json', Buffer.from(JSON.stringify(await examples())))!, request, response) },
    ],
  };
};
