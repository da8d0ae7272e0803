import { sendJson, type Route } from '@buffrsign/kernel';
import type { Tools } from './context.ts';

/** Where whoever checks our tokens finds the keys (RFC 7517). */
export const routes = ({ services }: Tools): readonly Route[] => [
  {
    method: 'GET',
    path: '/.well-known/jwks.json',
    async handle(_request, response) {
      response.setHeader('cache-control', 'public, max-age=60');
      sendJson(response, 200, await services.tokens.jwks());
    },
  },
];
