import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** A TCP connection that sends exactly what a test gives it, and keeps what comes. */
export interface RawConnection {
  readonly socket: Socket;
  received(): string;
  /** Resolves when the other side ended the connection, with all that it sent. */
  readonly ended: Promise<string>;
}

export const openTcp = async (url: string): Promise<RawConnection> => {
  const { port } = new URL(url);
  const socket = connect({ port: Number(port), host: '127.0.0.1' });
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk)));
  socket.on('error', () => undefined);
  const ended = once(socket, 'close').then(() => text);
  await once(socket, 'connect');
  return { socket, received: () => text, ended };
};

export const times = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, index) => text(index)).join(' ');
