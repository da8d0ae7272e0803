import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../runtime/logger.ts';
import { CHECKING_MS, limitConnections, type ConnectionLimits } from './connections.ts';
import { endWithText } from './end-with-text.ts';
import { trackConnections } from './letting-go.ts';

/** One address that a process answers, beside GraphQL: uploads, key sets, health. */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  /** As for `URLPattern`: `/uploads/:id`. */
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse, params: Readonly<Record<string, string | undefined>>): Promise<void>;
}

export interface HttpServer {
  readonly server: Server;
  /** Where it listens, without a path: `http://127.0.0.1:8002`. */
  readonly url: string;
  /**
   * Answers everything for `ms` milliseconds more, but ends each connection with its next answer, so that clients come
   * back by a new one: to somebody else, once a load balancer has seen that this process is not ready.
   */
  drain(ms: number, signal: AbortSignal): Promise<void>;
  /** Takes no more connections, and ends those there are after what is asked on them was answered. */
  close(signal: AbortSignal): Promise<void>;
}

/** Longer than the idle time of the pools that call us, so that a kept connection is never closed under a request. */
const KEEP_ALIVE_MS = 65_000;
/** Time for a whole request to arrive: 50 MB over a slow mobile line, as long as a link to upload lives. */
const REQUEST_MS = 15 * 60_000;

export const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  endWithText(response, JSON.stringify(body));
};

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Only that: an HTTP server's own `close` would also end connections, some with an answer that is not sent yet. */
const stopListening = (server: Server): void => void NetServer.prototype.close.call(server);

/** A port that somebody else holds, in words. */
export class PortTakenError extends Error {
  override name = 'PortTakenError';
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} is taken by another process. Stop that process, or set another port.`);
    this.port = port;
  }
}

/** Serves routes over HTTP; what no route answers is 404. Port 0 takes a free one. Who is open to anybody bounds the connections. */
export const serveHttp = async (options: { host: string; port: number; routes: readonly Route[]; log: Logger; connections?: ConnectionLimits }): Promise<HttpServer> => {
  const { host, port, log, connections } = options;
  const routes = options.routes.map((route) => ({ ...route, pattern: new URLPattern({ pathname: route.path }) }));

  const handle = async (route: Route, ...[request, response, params]: Parameters<Route['handle']>): Promise<void> => {
    try {
      await route.handle(request, response, params);
    } catch (error) {
      // The route, not the address: that may hold what opens a door.
      log.error({ err: error, method: route.method, route: route.path }, 'request failed');
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: 'Something went wrong on our side.' });
    }
  };

  // Most addresses are written out: those are found without matching patterns.
  const exact = new Map(routes.filter(({ path }) => /^[\w/.-]+$/.test(path)).map((route) => [`${route.method} ${route.path}`, route]));
  const none = {};

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    // A connection that was refused; what came on it in the meantime is not carried out.
    if (request.socket.writableEnded) return;
    if (!open.admit(request, response)) return;
    const found = exact.get(`${request.method} ${request.url?.split('?', 1)[0]}`);
    if (found) return void handle(found, request, response, none);
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (!url) return sendJson(response, 400, { error: 'The address of this request cannot be read.' });
    for (const route of routes) {
      const match = request.method === route.method ? route.pattern.exec({ pathname: url.pathname }) : null;
      if (match) return void handle(route, request, response, match.pathname.groups);
    }
    sendJson(response, 404, { error: `Nothing answers ${request.method} ${url.pathname} here.` });
  };

  const server = createServer({ connectionsCheckingInterval: CHECKING_MS }, answer);
  if (connections) limitConnections(server, connections);
  const open = trackConnections(server);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = REQUEST_MS;
  await listen(server, port, host).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new PortTakenError(port) : error;
  });
  const address = server.address() as AddressInfo;
  const shown = ['0.0.0.0', '::', '127.0.0.1'].includes(host) ? 'localhost' : host;

  return {
    server,
    url: `http://${shown}:${address.port}`,
    async drain(ms, signal) {
      open.letGo();
      if (ms > 0) await pause(ms, undefined, { signal }).catch(() => undefined);
    },
    async close(signal) {
      const force = () => open.destroy();
      if (signal.aborted) force();
      else signal.addEventListener('abort', force, { once: true });
      open.letGo();
      stopListening(server);
      await open.end();
      signal.removeEventListener('abort', force);
      // Ends what Node's server does beside listening.
      server.close();
    },
  };
};
