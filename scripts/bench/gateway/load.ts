import { openConnection } from './connection.ts';
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

/** Sends so many requests over ten connections; each connection sends its next when it has its answer. */
export const measure = async (contestant: Contestant, { bodies }: BenchQuery, count: number): Promise<Measured> => {
  const url = new URL(contestant.url);
  const requests = bodies.map((body) => requestOf(url, body));
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(url)));
  const times: number[] = [];
  const before = await contestant.cpu();
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
  const used = (await contestant.cpu()) - before;
  for (const connection of connections) connection.close();
  times.sort((a, b) => a - b);
  return { cpuMs: used / times.length, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
};
