import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { CLOSE, frame, PING, PONG, readFrames, TEXT } from './frames.ts';
import { nextOf, QUERY, TOPICS } from './topics.ts';

/** Many clients as a process: each on a socket of its own, with one subscription. */

export interface Start {
  readonly port: number;
  /** The token of each client; its topic follows from its place. */
  readonly tokens: readonly string[];
}

/** A round is over when all that was appended has come to all. */
export interface Await {
  readonly first: number;
  /** When each fact was appended, in nanoseconds of the machine's clock. */
  readonly times: readonly number[];
}

export interface Received {
  readonly delivered: number;
  readonly missing: number;
  /** What came twice, too late, too early or not at all as it should; the first few. */
  readonly wrong: readonly string[];
  /** Milliseconds from append to receipt. */
  readonly p50: number;
  readonly p99: number;
  /** Bytes of a message, on the average. */
  readonly bytes: number;
}

const CONNECTING_AT_ONCE = 50;
/** Tries until a client is taken: a gateway that has to connect to its subgraph for each may be too slow for one of them. */
const TRIES = 5;
const SUBSCRIBE = 'events';
const PATIENCE_MS = 120_000;

const clock = (): number => Number(process.hrtime.bigint());
const say = (socket: { write(bytes: Buffer): unknown }, message: object): void => void socket.write(frame(TEXT, Buffer.from(JSON.stringify(message))));

let wrong: string[] = [];
let numbers: number[] = [];
let arrivals: number[] = [];
let bytes = 0;
let isOver = (): boolean => false;
let finish = (): void => undefined;

const complain = (words: string): void => {
  if (wrong.length < 10) wrong.push(words);
};

/** The number in `"number":123`, without reading the rest. */
const numberIn = (payload: Buffer): number => {
  let at = payload.indexOf('"number":') + 9;
  let number = 0;
  for (let digit = payload[at]! - 48; digit >= 0 && digit <= 9; digit = payload[(at += 1)]! - 48) number = 10 * number + digit;
  return number;
};

/** Opens a client and resolves with its first event, which says from where on it must see all. */
const open = (port: number, topic: number, token: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let position: number | undefined;
    let left: Buffer | undefined;
    let upgraded = false;

    const onEvent = (payload: Buffer): void => {
      const number = numberIn(payload);
      if (position === undefined) {
        position = number;
        return resolve();
      }
      const expected = nextOf(topic, position);
      if (number !== expected) complain(`a client of topic ${topic} wanted ${expected} after ${position}, got ${String(payload)}`);
      position = number;
      numbers.push(number);
      arrivals.push(clock());
      bytes += payload.length;
      if (isOver()) finish();
    };
    const onFrame = (opcode: number, payload: Buffer): void => {
      if (opcode === PING) socket.write(frame(PONG, payload));
      else if (opcode === CLOSE) socket.destroy(new Error(`closed with ${payload.length >= 2 ? payload.readUInt16BE(0) : 'no code'} ${String(payload.subarray(2))}`));
      else if (payload.includes('"type":"next"') && payload.includes('"data":{')) onEvent(payload);
      else if (payload.includes('"connection_ack"')) say(socket, { id: SUBSCRIBE, type: 'subscribe', payload: { query: QUERY, variables: { topic } } });
      else if (!payload.includes('"type":"ping"')) socket.destroy(new Error(`said ${String(payload)}`));
    };
    const onUpgrade = (answer: Buffer): Buffer | undefined => {
      const end = answer.indexOf('\r\n\r\n');
      if (end === -1) return answer;
      if (!answer.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) return void socket.destroy(new Error(String(answer)));
      upgraded = true;
      say(socket, { type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
      return answer.length > end + 4 ? readFrames(answer.subarray(end + 4), onFrame) : undefined;
    };
    socket.on('connect', () =>
      socket.write(`GET /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n`),
    );
    socket.on('data', (chunk) => {
      const all = left ? Buffer.concat([left, chunk]) : chunk;
      left = upgraded ? readFrames(all, onFrame) : onUpgrade(all);
    });
    // Before its first event it has missed nothing; afterwards nothing may break.
    const broken = (error: Error): void => {
      if (position === undefined) reject(error);
      else complain(`a client of topic ${topic}: ${error.message}`);
    };
    socket.on('error', broken);
    socket.on('end', () => broken(new Error('left by the server')));
  });

const openPatiently = async (...client: Parameters<typeof open>): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await open(...client);
    } catch (error) {
      if (tries === TRIES) throw error;
      await pause(1_000);
    }
  }
};

const percentile = (sorted: Float64Array, part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

const judge = ({ first, times }: Await, expected: number): Received => {
  const delays = Float64Array.from(numbers, (number, at) => (arrivals[at]! - times[number - first]!) / 1e6).sort();
  return { delivered: numbers.length, missing: expected - numbers.length, wrong, p50: percentile(delays, 0.5), p99: percentile(delays, 0.99), bytes: bytes / numbers.length };
};

const [start] = (await once(process, 'message')) as [Start];
const limit = pLimit(CONNECTING_AT_ONCE);
let opened = 0;
await Promise.all(
  start.tokens.map((token, index) =>
    limit(async () => {
      await openPatiently(start.port, index % TOPICS, token);
      opened += 1;
      if (opened % 1_000 === 0) process.send?.({ opened });
    }),
  ),
);
const perTopic = Array.from({ length: TOPICS }, (_, topic) => Math.ceil((start.tokens.length - topic) / TOPICS));

process.on('message', (message) => {
  const round = message as Await;
  const expected = round.times.reduce((sum, _, index) => sum + perTopic[(round.first + index) % TOPICS]!, 0);
  isOver = () => numbers.length >= expected;
  const timer = setTimeout(() => finish(), PATIENCE_MS);
  finish = () => {
    clearTimeout(timer);
    process.send?.({ received: judge(round, expected) });
    [wrong, numbers, arrivals, bytes, isOver] = [[], [], [], 0, () => false];
  };
  if (isOver()) finish();
});
process.send?.({ ready: true });
process.on('disconnect', () => process.exit(0));
