import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** What bounds the connections of a server. */
export interface ConnectionLimits {
  /** Open at a time in all. One more is closed without a word: words would cost what is short. */
  readonly connections: number;
  /** Open at a time from one address. One more is answered by 429, whatever it wants. */
  readonly connectionsPerAddress: number;
  /** Milliseconds until the head of a request must be there; a connection that sends nothing is closed too. */
  readonly headersMs: number;
  /** Addresses that many clients share, such as proxies: they have as many connections as there is room. */
  readonly isShared?: (address: string) => boolean;
}

/** How often connections are looked through for those that are too slow, in milliseconds. */
export const CHECKING_MS = 2_000;

const body = JSON.stringify({ errors: [{ message: 'Too many connections are open from your address. Close some, or wait a moment.', extensions: { code: 'RATE_LIMITED' } }] });
const refusal = ['HTTP/1.1 429 Too Many Requests', 'content-type: application/json; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`, 'retry-after: 5', 'connection: close', '', body].join('\r\n');

const refuse = (socket: Socket): void => {
  socket.on('error', () => socket.destroy());
  // Nothing of it is read: what it asks for is not looked at.
  socket.end(refusal, () => socket.destroy());
};

/** Bounds the connections of a server that does not listen yet. */
export const limitConnections = (server: Server, { connections, connectionsPerAddress, headersMs, isShared = () => false }: ConnectionLimits): void => {
  server.maxConnections = connections;
  server.headersTimeout = headersMs;
  const open = new Map<string, number>();

  const leave = (address: string): void => {
    const left = (open.get(address) ?? 1) - 1;
    if (left > 0) open.set(address, left);
    else open.delete(address);
  };

  // Before the server's own listener, which then finds a connection that is over.
  server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (isShared(address)) return;
    const before = open.get(address) ?? 0;
    if (before >= connectionsPerAddress) return refuse(socket);
    open.set(address, before + 1);
    socket.once('close', () => leave(address));
  });
};
