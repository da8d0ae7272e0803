import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

interface Connection {
  /** Requests that are not answered to their end; more than one where a client sends ahead (pipelining). */
  pending: number;
  /** The answer to the request that came last. */
  latest: ServerResponse | undefined;
  /** How much had been read when the last answer was out. More has come since: the next request is on its way. */
  readUpTo: number;
}

/** The connections of a server: how they are let go without losing a request. */
export interface Connections {
  /** Notes a request. False: its connection ends with an answer that is out already, so it is not to be carried out. */
  admit(request: IncomingMessage, response: ServerResponse): boolean;
  /** From now on, every connection ends with its next answer. */
  letGo(): void;
  /** Resolves when all have ended: idle ones at once, the others after what is asked on them was answered. */
  end(): Promise<void>;
  /** Breaks all of them. */
  destroy(): void;
}

/** A connection on which nothing was asked yet was opened to ask something: its request may be on its way for so long. */
const FIRST_REQUEST_MS = 250;

/** An answer that says that it is the last one. Said by header, which is what Node itself goes by. */
const isLast = (response: ServerResponse | undefined): boolean => String(response?.getHeader('connection')).toLowerCase() === 'close';

/**
 * Node's own way to end a server closes connections whose answer is written but not sent, and keeps others open until
 * they were idle for long. Here an answer says `connection: close` when it is the last one on its connection, and a
 * client that sent more requests before it read that gets them answered first.
 */
export const trackConnections = (server: Server): Connections => {
  const connections = new Map<Socket, Connection>();
  let lettingGo = false;
  let ending = false;
  let whenNone: (() => void) | undefined;

  const isIdle = (socket: Socket, { pending, readUpTo }: Connection): boolean => pending === 0 && socket.bytesRead === readUpTo;

  /** One more turn, so that what has arrived already is read before it is decided that nothing was asked. */
  const endIdle = async (sockets: Iterable<Socket>): Promise<void> => {
    await turn();
    await turn();
    for (const socket of sockets) {
      const connection = connections.get(socket);
      if (connection && isIdle(socket, connection)) socket.destroySoon();
    }
  };

  const markLast = (response: ServerResponse): void => void (response.headersSent || response.setHeader('connection', 'close'));

  const answered = (socket: Socket, connection: Connection): void => {
    connection.pending -= 1;
    connection.readUpTo = socket.bytesRead;
    if (ending && connection.pending === 0) void endIdle([socket]);
  };

  server.on('connection', (socket: Socket) => {
    connections.set(socket, { pending: 0, latest: undefined, readUpTo: 0 });
    socket.once('close', () => {
      connections.delete(socket);
      if (connections.size === 0) whenNone?.();
    });
  });

  return {
    admit(request, response) {
      const { socket } = request;
      const connection = connections.get(socket);
      if (!connection) return true;
      if (lettingGo) {
        const { latest, pending } = connection;
        if (pending > 0 && latest && isLast(latest)) {
          if (latest.headersSent) return false;
          latest.setHeader('connection', 'keep-alive');
        }
        markLast(response);
      }
      connection.pending += 1;
      connection.latest = response;
      response.once('close', () => answered(socket, connection));
      return true;
    },
    letGo() {
      lettingGo = true;
      for (const { pending, latest } of connections.values()) if (pending > 0 && latest) markLast(latest);
    },
    async end() {
      ending = true;
      const unasked = [...connections].filter(([, { latest }]) => !latest).map(([socket]) => socket);
      await endIdle([...connections].filter(([, { latest }]) => latest).map(([socket]) => socket));
      if (unasked.length > 0) void pause(FIRST_REQUEST_MS).then(() => endIdle(unasked));
      if (connections.size > 0) await new Promise<void>((resolve) => (whenNone = resolve));
    },
    destroy() {
      for (const socket of connections.keys()) socket.destroy();
    },
  };
};
