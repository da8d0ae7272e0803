import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';

/** Types that a page of anybody's can send without asking first (Fetch standard, CORS-safelisted). */
const sentUnasked = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i;
const asksFirst = ['apollo-require-preflight', 'x-apollo-operation-name'];

/**
 * Refuses what another page could send from a browser without a preflight request: no identity travels with it, but the
 * network that the browser is in would.
 *
 * @throws HttpError that says what to send.
 */
export const preventCsrf = ({ headers }: IncomingMessage): void => {
  const type = headers['content-type'];
  if (type !== undefined && !sentUnasked.test(type)) return;
  if (asksFirst.some((name) => headers[name] !== undefined && headers[name] !== '')) return;
  throw new HttpError(400, 'This request could come from any page (CSRF). Send the header content-type: application/json, or apollo-require-preflight: true.');
};
