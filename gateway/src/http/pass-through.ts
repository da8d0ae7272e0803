import { sendJson, type Logger, type Route } from '@buffrsign/kernel/gateway';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errors, Pool } from 'undici';
import { answerPreflight, setCors, type AllowedOrigins } from './cors.ts';
import { HttpError } from './http-error.ts';

/** One address of this gateway that another server answers. */
export interface PassThrough {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Here, exactly: `/files`. */
  readonly path: string;
  /** There, exactly: `http://files:8000/files`. Nothing of a request changes where it goes. */
  readonly target: string;
}

export interface PassThroughOptions {
  readonly entries: readonly PassThrough[];
  /** Largest body. */
  readonly maxBytes: number;
  /** How long a client may send nothing before it is given up, in milliseconds. */
  readonly idleMs: number;
  /** How long the other server may take for its answer once it has everything, in milliseconds. */
  readonly answerMs: number;
  readonly allowedOrigins: AllowedOrigins;
  readonly log: Logger;
}

export const passThroughDefaults = { maxBytes: 64 * 1024 * 1024, idleMs: 30_000, answerMs: 60_000 } as const;

const CONNECTIONS = 64;
const CONNECT_MS = 3_000;
/** Shorter than the idle time of the kernel's servers, so that a request never meets a connection being closed. */
const KEEP_ALIVE_MS = 30_000;

/** What of an answer goes on; whatever else the other server says of itself stays inside. */
const ANSWER_HEADERS = ['content-type', 'content-length', 'retry-after'];
const OWN_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };

const tooLarge = (most: number): HttpError => new HttpError(413, `The request body is larger than the ${most} bytes that are allowed.`, 'FILE_TOO_LARGE');

/** A promise that is given up when it takes too long. */
const within = async <Result>(ms: number, work: Promise<Result>, late: () => Error): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => (timer = setTimeout(() => reject(late()), ms)));
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
};

/** The body as it arrives, given up when it grows too large or stops coming. The request stays open: it is still to be answered. */
async function* bodyOf(request: IncomingMessage, { maxBytes, idleMs }: PassThroughOptions): AsyncGenerator<Buffer> {
  const chunks = request.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]();
  const late = (): HttpError => new HttpError(408, `Nothing of the request body came for ${idleMs / 1000} seconds. Send it again.`, 'TOO_SLOW');
  let size = 0;
  for (;;) {
    const { value, done } = (await within(idleMs, chunks.next(), late)) as IteratorResult<Buffer>;
    if (done) return;
    size += value.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    yield value;
  }
}

/** Made from nothing: no other header of the client's goes on. */
const headersOf = ({ headers }: IncomingMessage): Record<string, string> => ({
  ...(headers['content-type'] && { 'content-type': headers['content-type'] }),
  ...(headers['content-length'] && { 'content-length': headers['content-length'] }),
});

const assertTakeable = ({ headers }: IncomingMessage, maxBytes: number): void => {
  if (headers['content-encoding'] !== undefined) throw new HttpError(415, 'Compressed request bodies are not accepted. Send the body as it is.', 'UNSUPPORTED_TYPE');
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
};

/** What is left of a body is let through to nowhere when its end is known; a browser that still sends would not read the answer otherwise. */
const endBody = (request: IncomingMessage, response: ServerResponse, maxBytes: number): void => {
  if (request.complete) return;
  if (Number(request.headers['content-length'] ?? Infinity) > maxBytes) response.setHeader('connection', 'close');
  else request.resume();
};

const carry = async (pool: Pool, target: URL, { method }: PassThrough, [request, response]: readonly [IncomingMessage, ServerResponse], options: PassThroughOptions): Promise<void> => {
  assertTakeable(request, options.maxBytes);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const body = method === 'GET' ? null : Readable.from(bodyOf(request, options), { objectMode: false });
  // Redirects are not followed: an answer leads nowhere but back.
  const answer = await pool.request({ path: target.pathname + target.search, method, headers: headersOf(request), body, signal: gone.signal, headersTimeout: options.answerMs, bodyTimeout: options.answerMs });
  for (const name of ANSWER_HEADERS) if (answer.headers[name] !== undefined) response.setHeader(name, answer.headers[name]);
  endBody(request, response, options.maxBytes);
  response.writeHead(answer.statusCode, OWN_HEADERS);
  await pipeline(answer.body, response);
};

const refuse = (error: unknown, { path }: PassThrough, [request, response]: readonly [IncomingMessage, ServerResponse], { log, maxBytes }: PassThroughOptions): void => {
  // Whoever asked has left, or has a part of the answer: a broken connection is all that can still be said.
  if (response.destroyed || response.headersSent) return void response.destroy();
  endBody(request, response, maxBytes);
  for (const [name, value] of Object.entries(OWN_HEADERS)) response.setHeader(name, value);
  if (error instanceof HttpError) return sendJson(response, error.status, { code: error.code, message: error.message, ...(error.status === 413 && { maxBytes }) });
  log.warn({ err: error, path }, 'pass-through failed');
  const isLate = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  sendJson(response, isLate ? 504 : 503, { code: 'UNAVAILABLE', message: 'A part of the platform does not answer right now. Try again shortly.' });
};

/** Lets requests to some addresses through to other servers, body and answer as streams. */
export const createPassThrough = (options: PassThroughOptions): { readonly routes: readonly Route[]; close(): Promise<void> } => {
  const pools: Pool[] = [];
  const routes = options.entries.flatMap((entry): Route[] => {
    const target = new URL(entry.target);
    const pool = new Pool(target.origin, { connections: CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS, keepAliveMaxTimeout: KEEP_ALIVE_MS, connect: { timeout: CONNECT_MS } });
    pools.push(pool);
    const handle: Route['handle'] = async (...[request, response]) => {
      setCors(request, response, options.allowedOrigins);
      await carry(pool, target, entry, [request, response], options).catch((error: unknown) => refuse(error, entry, [request, response], options));
    };
    return [
      { method: entry.method, path: entry.path, handle },
      { method: 'OPTIONS', path: entry.path, handle: async (request, response) => answerPreflight(request, response, options.allowedOrigins) },
    ];
  });
  return { routes, close: async () => void (await Promise.all(pools.map((pool) => pool.destroy()))) };
};
