import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Whether it said that nothing more is answered on this connection. */
  readonly last: boolean;
  readonly body: any;
}

/** An HTTP/1.1 connection that sends what it is told when it is told, and knows what became of each request. */
export interface RawConnection {
  /** Nothing when the connection ends before the answer is whole. Not waiting for one before the next is pipelining. */
  post(body: unknown): Promise<RawAnswer | undefined>;
  /** Sends a part of a request only. */
  write(text: string): void;
  readonly closed: Promise<unknown>;
  close(): void;
}

const takeAnswer = (text: string): { answer: RawAnswer; rest: string } | undefined => {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const head = text.slice(0, end).toLowerCase();
  const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0);
  const body = text.slice(end + 4, end + 4 + length);
  if (body.length < length) return undefined;
  return { answer: { status: Number(head.slice(9, 12)), last: /connection: close/.test(head), body: JSON.parse(body) }, rest: text.slice(end + 4 + length) };
};

/** @throws when nobody takes the connection. */
export const openConnection = async (url: string): Promise<RawConnection> => {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname === 'localhost' ? '127.0.0.1' : hostname, noDelay: true });
  const waiting: ((answer: RawAnswer | undefined) => void)[] = [];
  let text = '';
  // Bytes and characters are the same here: answers are ASCII.
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += String(chunk);
    for (let taken = takeAnswer(text); taken; taken = takeAnswer(text)) {
      text = taken.rest;
      waiting.shift()?.(taken.answer);
    }
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  void closed.then(() => waiting.splice(0).forEach((resolve) => resolve(undefined)));
  return {
    post(body) {
      if (socket.destroyed) return Promise.resolve(undefined);
      const json = JSON.stringify(body);
      return new Promise((resolve) => {
        waiting.push(resolve);
        socket.write(`POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n${json}`);
      });
    },
    write: (part) => void socket.write(part),
    closed,
    close: () => void socket.destroy(),
  };
};
