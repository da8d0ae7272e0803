import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { endWithText } from './end-with-text.ts';
import { sendJson } from './serve.ts';

/** A request to a subgraph comes from the gateway: large inputs are files, and those do not come this way. */
const BODY_LIMIT = 4 * 1024 * 1024;

const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const headersOf = (request: IncomingMessage): HeaderMap => {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Answers GraphQL over HTTP with an Apollo server. `contextOf` may refuse by throwing a Problem. */
export const graphqlHandler =
  <Context extends object>(apollo: ApolloServer<Context>, contextOf: (request: IncomingMessage) => Promise<Context>) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readBody(request);
    if (text === undefined) return sendJson(response, 413, { errors: [{ message: `The request is larger than ${BODY_LIMIT} bytes.`, extensions: { code: 'BAD_REQUEST' } }] });
    const url = new URL(request.url ?? '/', 'http://localhost');
    const result = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method ?? 'GET', headers: headersOf(request), search: url.search, body: text === '' ? undefined : parseJson(text) },
      context: () => contextOf(request),
    });
    response.writeHead(result.status ?? 200, Object.fromEntries(result.headers));
    if (result.body.kind === 'complete') return endWithText(response, result.body.string);
    for await (const chunk of result.body.asyncIterator) response.write(chunk);
    response.end();
  };
