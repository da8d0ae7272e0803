import { serveHttp, type ConnectionLimits, type HttpServer, type Logger, type Part, type Route } from '@buffrsign/kernel/gateway';
import type { Server } from 'node:http';
import type { UnderWay } from '../under-way.ts';

export interface ServerPartOptions {
  readonly host: string;
  readonly port: number;
  readonly routes: readonly Route[];
  /** Serves WebSockets on the same address. */
  readonly openSockets: (http: Server) => { close(signal: AbortSignal): Promise<void> };
  /** Streams over HTTP, which would not end by themselves. */
  readonly streams: { close(): void };
  readonly connections: ConnectionLimits;
  readonly underWay: UnderWay;
  readonly drainMs: number;
  readonly graceMs: number;
  readonly log: Logger;
}

/** Before the time to end is over, everything under way is answered with what is there: for writing that there is so much left. */
const WRITING_MS = 2_000;

/**
 * The address at which clients reach the gateway. At its end it answers for a while longer, then takes nothing new, and
 * ends requests and sockets side by side: neither uses up the time of the other.
 */
export const createServerPart = (options: ServerPartOptions): Part & { url(): string } => {
  const { host, port, routes, openSockets, streams, connections, underWay, drainMs, graceMs, log } = options;
  let http: HttpServer | undefined;
  let sockets: { close(signal: AbortSignal): Promise<void> } | undefined;
  return {
    name: 'http',
    url: () => http!.url,
    async start() {
      http = await serveHttp({ host, port, routes, log, connections });
      sockets = openSockets(http.server);
    },
    async stop(signal) {
      await http?.drain(drainMs, signal);
      const late = setTimeout(() => underWay.answerNow(), Math.max(graceMs - WRITING_MS, graceMs / 2));
      streams.close();
      await Promise.all([sockets?.close(signal), http?.close(signal)]);
      clearTimeout(late);
    },
  };
};
