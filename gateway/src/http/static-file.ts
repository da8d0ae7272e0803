import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';

/** A file as it is answered to browsers. */
export interface StaticFile {
  readonly body: Buffer;
  readonly etag: string;
  readonly type: string;
}

export const STATIC_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Only what comes from this very address runs, shows and is called; no page of others shows this one inside of itself. */
export const STRICT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What every file comes with; a page with needs of its own has a policy of its own. */
export const staticHeaders = (policy = STRICT_POLICY): Readonly<Record<string, string>> => ({
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // Kept by browsers, but asked about each time: names do not change when their content does.
  'cache-control': 'no-cache',
});

/** A file by its content; its name says its type. Nothing for a name that is of none. */
export const staticFile = (name: string, body: Buffer): StaticFile | undefined => {
  const type = STATIC_TYPES[extname(name)];
  return type === undefined ? undefined : { body, type, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
};

export const answerFile = (file: StaticFile, request: IncomingMessage, response: ServerResponse, policy?: string): void => {
  for (const [name, value] of Object.entries(staticHeaders(policy))) response.setHeader(name, value);
  response.setHeader('etag', file.etag);
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  if (known.includes(file.etag) || known.includes('*')) return void response.writeHead(304).end();
  response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.length });
  response.end(request.method === 'HEAD' ? undefined : file.body);
};
