import { once } from 'node:events';
import { connect } from 'node:net';

/** A connection over which one request is sent after the other. */
export interface Connection {
  /** Sends the bytes of a request. Resolves when the whole answer is there. @throws Error for one that is no 200, or says next to nothing. */
  send(request: Buffer): Promise<void>;
  close(): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const LEAST_BYTES = 20;

/** Whether an answer is complete, of a server that tells its length or sends chunks. */
const isWhole = (answer: Buffer): boolean => {
  const end = answer.indexOf(HEAD_END);
  if (end === -1) return false;
  const head = answer.subarray(0, end).toString('latin1');
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(`The answer is ${head.split('\r\n', 1)[0]}`);
  const body = answer.subarray(end + HEAD_END.length);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  const whole = length === undefined ? body.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK) : body.length >= Number(length);
  if (whole && body.length < LEAST_BYTES) throw new Error(`The answer is ${body.toString()}`);
  return whole;
};

/**
 * By bytes, so that sending takes little of the machine beside what is measured: a client that reads and writes HTTP as
 * it should does as much work for a request as a fast gateway.
 */
export const openConnection = async (url: URL): Promise<Connection> => {
  const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
  await once(socket, 'connect');
  let answer: Buffer = Buffer.alloc(0);
  let waiting: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const settle = (error?: Error): void => {
    const waited = waiting;
    [waiting, answer] = [undefined, Buffer.alloc(0)];
    if (error) waited?.reject(error);
    else waited?.resolve();
  };
  socket.on('data', (chunk: Buffer) => {
    answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk]);
    try {
      if (isWhole(answer)) settle();
    } catch (error) {
      settle(error as Error);
    }
  });
  socket.on('error', settle);
  socket.on('close', () => settle(new Error(`${url.host} closed the connection`)));
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => void socket.destroy(),
  };
};
