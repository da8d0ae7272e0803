import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createBoundedMap } from '../bounded-map.ts';
import { readJson, type BodyLimits } from './body.ts';
import { HttpError } from './http-error.ts';

/** What a client wants carried out. */
export interface GraphQLParams {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Reads the parameters of a GraphQL request, from its body or from its address (GraphQL over HTTP).
 *
 * @throws HttpError that names what is missing or of the wrong kind.
 */
export type ReadParams = (request: IncomingMessage, limits: BodyLimits) => Promise<GraphQLParams>;

type Raw = Readonly<Record<string, unknown>>;

/** Characters of all documents together that are kept for clients that send a hash in their place. */
const PERSISTED_CHARACTERS = 2_000_000;

const isMap = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (raw: Raw, name: string): string | undefined => {
  const value = raw[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw new HttpError(400, `"${name}" must be a text.`);
  return value;
};

const map = (raw: Raw, name: string): Raw | undefined => {
  const value = raw[name] ?? undefined;
  if (value !== undefined && !isMap(value)) throw new HttpError(400, `"${name}" must be an object.`);
  return value;
};

const parsed = (name: string, value: string | null): unknown => {
  if (value === null) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new HttpError(400, `"${name}" in the address must be JSON.`);
  }
};

const inAddress = ({ url = '/' }: IncomingMessage): Raw => {
  const start = url.indexOf('?');
  const search = new URLSearchParams(start === -1 ? '' : url.slice(start));
  const get = (name: string): string | undefined => search.get(name) ?? undefined;
  return { query: get('query'), operationName: get('operationName'), variables: parsed('variables', search.get('variables')), extensions: parsed('extensions', search.get('extensions')) };
};

const inBody = (body: unknown): Raw => {
  if (Array.isArray(body)) throw new HttpError(400, 'Operations are sent one a request: batching is not served here. Over HTTP/2 or a WebSocket, many requests share a connection.');
  if (!isMap(body)) throw new HttpError(400, 'The request body must be an object with a "query".');
  return body;
};

/** Automatic persisted queries: a client sends the hash of a document, and the document itself only where it is not known. */
const createPersisted = () => {
  const known = createBoundedMap<string>(PERSISTED_CHARACTERS, (query) => query.length);
  return (query: string | undefined, extensions: Raw | undefined): string | undefined => {
    const asked = extensions?.['persistedQuery'];
    if (asked === undefined || asked === null) return query;
    if (!isMap(asked) || asked['version'] !== 1 || typeof asked['sha256Hash'] !== 'string') throw new HttpError(400, '"extensions.persistedQuery" must be { version: 1, sha256Hash }.');
    const hash = asked['sha256Hash'];
    if (query === undefined) {
      const kept = known.get(hash);
      // The words are those of the protocol: clients look for them, and then send the document.
      if (kept === undefined) throw new HttpError(200, 'PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
      return kept;
    }
    if (createHash('sha256').update(query).digest('hex') !== hash) throw new HttpError(400, '"sha256Hash" is not that of the document.');
    known.set(hash, query);
    return query;
  };
};

export const createReadParams = (): ReadParams => {
  const persisted = createPersisted();
  return async (request, limits) => {
    const raw = request.method === 'POST' ? inBody(await readJson(request, limits)) : inAddress(request);
    const extensions = map(raw, 'extensions');
    const query = persisted(text(raw, 'query'), extensions);
    if (query === undefined || query === '') throw new HttpError(400, 'There is no "query" in this request.');
    return { query, operationName: text(raw, 'operationName'), variables: map(raw, 'variables') ?? {}, extensions };
  };
};
