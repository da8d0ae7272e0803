import { openConnection, type Connection } from './connection.ts';
import type { Contestant } from './contestants.ts';
import type { BenchQuery } from './shop.ts';

/** What one run of one query against one gateway took. */
export interface Measured {
  readonly cpuMs: number;
  readonly p50: number;
  readonly p99: number;
}

const CONNECTIONS = 10;

const percentile = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

const requestOf = ({ host, pathname }: URL, body: string): Buffer =>
  Buffer.from([`POST ${pathname} HTTP/1.1`, `host: ${host}`, 'connection: keep-alive', 'content-type: application/json', 'accept: application/json', `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));

/** Sends so many requests over the connections; each sends its next when it has its answer. Gives what each request took. */
const send = async (connections: readonly Connection[], requests: readonly Buffer[], count: number): Promise<number[]> => {
  const times: number[] = [];
  let sent = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (sent < count) {
        const started = performance.now();
        await connection.send(requests[(sent += 1) % requests.length]!);
        times.push(performance.now() - started);
      }
    }),
  );
  return times;
};

/**
 * One run over ten connections, and some requests before that are not counted: while others are measured a server rests,
 * and its engine gives back memory and code, which it gets again in the first requests. One that is at work is what is
 * measured.
 */
export const measure = async (contestant: Contestant, { bodies, run }: BenchQuery, before: number): Promise<Measured> => {
  const url = new URL(contestant.url);
  const requests = bodies.map((body) => requestOf(url, body));
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(url)));
  await send(connections, requests, before);
  const began = await contestant.cpu();
  const times = await send(connections, requests, run);
  const used = (await contestant.cpu()) - began;
  for (const connection of connections) connection.close();
  times.sort((a, b) => a - b);
  return { cpuMs: used / times.length, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
};
