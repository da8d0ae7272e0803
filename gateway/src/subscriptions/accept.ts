import type { Logger } from '@buffrsign/kernel/gateway';
import { CloseCode, handleProtocols, type Server } from 'graphql-ws';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Limits } from '../limits/limits.ts';
import { createFloodGate } from './flood.ts';

/** What the protocol's handlers know of a socket. */
export interface Accepted {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
}

const PING_EVERY_MS = 12_000;
/** As HTTP 429, in the range of codes that the protocol's clients do not connect again after. */
const TOO_MANY = 4429;
const INTERNAL = 'Something went wrong on our side.';

const connect = (protocol: Server<Accepted>, accepted: Accepted, isTooMany: () => boolean, log: Logger): void => {
  const { socket } = accepted;
  const closeAtFlood = (): boolean => {
    const flooded = isTooMany();
    if (flooded) socket.close(TOO_MANY, 'Too many messages in a second. Connect again, and send less.');
    return flooded;
  };
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => new Promise((resolve, reject) => (socket.readyState === socket.OPEN ? socket.send(text, (error) => (error ? reject(error) : resolve())) : resolve())),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) =>
        socket.on('message', (message: RawData) => {
          // What was on its way when the socket was closed is not carried out.
          if (socket.readyState !== socket.OPEN || closeAtFlood()) return;
          handle(String(message)).catch((error: unknown) => {
            log.error({ err: error }, 'a message on a socket failed');
            socket.close(CloseCode.InternalServerError, INTERNAL);
          });
        }),
    },
    accepted,
  );
  socket.on('ping', closeAtFlood);
  // Mostly messages that are too large or no WebSocket at all; the socket is closed with the fitting code already.
  socket.on('error', (error) => log.debug({ err: error }, 'a socket broke'));
  socket.once('close', (code, reason) => void closed(code, String(reason)));
};

/** Ends sockets whose other side went without a word: they did not answer the ping before. */
const watch = (sockets: WebSocketServer): NodeJS.Timeout => {
  const silent = new WeakSet<WebSocket>();
  sockets.on('connection', (socket) => socket.on('pong', () => silent.delete(socket)));
  return setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      else if (socket.readyState === socket.OPEN) {
        silent.add(socket);
        socket.ping();
      }
    }
  }, PING_EVERY_MS).unref();
};

/** What bounds sockets, and the clock that it is measured by. */
export interface AcceptOptions {
  readonly limits: Pick<Limits, 'bodyBytes' | 'messagesPerSecond'>;
  readonly log: Logger;
  readonly now: () => Date;
}

/** A WebSocket server that speaks a GraphQL protocol; the caller hands it the upgrade requests. */
export const acceptSockets = (protocol: Server<Accepted>, { limits, log, now }: AcceptOptions): { sockets: WebSocketServer; close(signal: AbortSignal): Promise<void> } => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.bodyBytes, handleProtocols });
  sockets.on('connection', (socket, request) => connect(protocol, { socket, request }, createFloodGate(limits.messagesPerSecond, now), log));
  const timer = watch(sockets);
  return {
    sockets,
    async close(signal) {
      clearInterval(timer);
      const terminate = (): void => sockets.clients.forEach((client) => client.terminate());
      for (const client of sockets.clients) client.close(1001, 'The gateway stops. Connect again.');
      if (signal.aborted) terminate();
      else signal.addEventListener('abort', terminate, { once: true });
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
      signal.removeEventListener('abort', terminate);
    },
  };
};
