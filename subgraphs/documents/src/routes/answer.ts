import type { IncomingMessage, ServerResponse } from 'node:http';
import { FileStoreError, type FileStoreErrorCode } from '@buffrsign/files';
import { newId, sendJson, type Route } from '@buffrsign/kernel';
import type { DocumentTools } from '../context.ts';
import type { Claims, LinkKind } from '../links/links.ts';

/** A request that is not done: with a code for programs and a sentence that says what to do. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const statusOf: Readonly<Partial<Record<FileStoreErrorCode, number>>> = { FILE_TOO_LARGE: 413, NO_SPACE: 507, STORE_UNAVAILABLE: 503 };

const refusalOf = (error: unknown): HttpRefusal | undefined => {
  if (error instanceof HttpRefusal) return error;
  const status = error instanceof FileStoreError ? statusOf[error.code] : undefined;
  return error instanceof FileStoreError && status ? new HttpRefusal(status, error.code, error.message) : undefined;
};

const answerError = ({ log }: DocumentTools, response: ServerResponse, error: unknown): void => {
  const refusal = refusalOf(error);
  // Whoever asked has left, or has a part of the file: a broken connection is all that can still be said.
  if (response.destroyed || response.headersSent) {
    log.warn({ err: error }, 'a file was not carried to its end');
    return void response.destroy();
  }
  if (refusal) return sendJson(response, refusal.status, { code: refusal.code, message: refusal.message });
  const errorId = newId('err');
  log.error({ err: error, errorId }, 'unexpected error');
  sendJson(response, 500, { code: 'INTERNAL', message: 'Something went wrong on our side. Tell us the error id.', errorId });
};

/** What a link says. @throws HttpRefusal when it says nothing (any more). */
const claimsOf = <Kind extends LinkKind>({ services }: DocumentTools, kind: Kind, token: string | undefined): Claims<Kind> => {
  const said = services.links.read(kind, token ?? '');
  if (said === 'expired') throw new HttpRefusal(410, 'LINK_EXPIRED', 'This link has expired. Ask for a new one.');
  if (said === 'invalid') throw new HttpRefusal(403, 'LINK_INVALID', 'This link is not valid. Use it exactly as it was given.');
  return said;
};

/**
 * The routes behind links of one kind. The link is all that lets somebody in, so any page may use it: no cookie, no
 * account comes with it. Errors are answered here, since the path, which the server would log, opens the door.
 */
export const linkRoutes = <Kind extends LinkKind>(
  tools: DocumentTools,
  kind: Kind,
  method: 'GET' | 'PUT',
  handle: (claims: Claims<Kind>, request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Route[] => [
  {
    method,
    path: `/${kind}/:token`,
    async handle(request, response, { token }) {
      response.setHeader('access-control-allow-origin', '*');
      await handleSafely(() => handle(claimsOf(tools, kind, token), request, response), (error) => answerError(tools, response, error));
    },
  },
  { method: 'OPTIONS', path: `/${kind}/:token`, handle: async (_request, response) => answerPreflight(response, method) },
];

const handleSafely = async (work: () => Promise<void>, onError: (error: unknown) => void): Promise<void> => {
  try {
    await work();
  } catch (error) {
    onError(error);
  }
};

/** What a browser asks before a page of another origin may send a file (Fetch Standard, CORS-preflight). */
const answerPreflight = (response: ServerResponse, method: string): void => {
  response
    .writeHead(204, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': method,
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '86400',
    })
    .end();
};
