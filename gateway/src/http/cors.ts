import type { IncomingMessage, ServerResponse } from 'node:http';

/** Origins whose pages may call; `*` for all. Credentials are never allowed: identity is a header, not a cookie. */
export type AllowedOrigins = '*' | readonly string[];

const REQUEST_HEADERS = 'content-type, authorization, x-request-id, x-graphql-cost, last-event-id, apollo-require-preflight, x-apollo-operation-name, apollographql-client-name, apollographql-client-version';
const ONE_DAY_SECONDS = '86400';

export const isAllowed = (origin: string | undefined, allowed: AllowedOrigins): boolean => origin === undefined || allowed === '*' || allowed.includes(origin);

/** Tells browsers whether the calling page may read the answer (Fetch standard, CORS protocol). */
export const setCors = (request: IncomingMessage, response: ServerResponse, allowed: AllowedOrigins): void => {
  const { origin } = request.headers;
  if (allowed !== '*') response.setHeader('vary', 'origin');
  if (origin === undefined || !isAllowed(origin, allowed)) return;
  response.setHeader('access-control-allow-origin', allowed === '*' ? '*' : origin);
  response.setHeader('access-control-expose-headers', 'x-request-id, www-authenticate');
};

export const answerPreflight = (request: IncomingMessage, response: ServerResponse, allowed: AllowedOrigins): void => {
  setCors(request, response, allowed);
  if (response.hasHeader('access-control-allow-origin')) {
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', REQUEST_HEADERS);
    response.setHeader('access-control-max-age', ONE_DAY_SECONDS);
  }
  response.writeHead(204).end();
};
