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

/** Sends requests over the connections as long as it should; each sends its next when it has its answer. Gives what each request took. */
const send = async (connections: readonly Connection[], requests: readonly Buffer[], goesOn: (sent: number) => boolean): Promise<number[]> => {
  const times: number[] = [];
  let sent = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (goesOn(sent)) {
        const started = performance.now();
        await connection.send(requests[(sent += 1) % requests.length]!);
        times.push(performance.now() - started);
      }
    }),
  );
  return times;
};

const forMs = (ms: number): (() => boolean) => {
  const end = performance.now() + ms;
  return () => performance.now() < end;
};

const open = async ({ url }: Contestant, { bodies }: BenchQuery) => {
  const to = new URL(url);
  return { requests: bodies.map((body) => requestOf(to, body)), connections: await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(to))) };
};

/** Sends so many requests that everything is compiled. */
export const warmUp = async (contestant: Contestant, query: BenchQuery): Promise<void> => {
  const { connections, requests } = await open(contestant, query);
  await send(connections, requests, (sent) => sent < query.warmUp);
  for (const connection of connections) connection.close();
};

/** Before a run, in milliseconds: a server that rested has given back memory and code, which it gets again in its first requests. */
const BEFORE_MS = 300;
/** Of a run: the same for all, since what disturbs a machine comes and goes, and a shorter run would sooner fall between. */
const RUN_MS = 700;

/** One run over ten connections. One that is at work is what is measured, so what comes before it is not counted. */
export const measure = async (contestant: Contestant, query: BenchQuery): Promise<Measured> => {
  const { connections, requests } = await open(contestant, query);
  await send(connections, requests, forMs(BEFORE_MS));
  const began = await contestant.cpu();
  const times = await send(connections, requests, forMs(RUN_MS));
  const used = (await contestant.cpu()) - began;
  for (const connection of connections) connection.close();
  times.sort((a, b) => a - b);
  return { cpuMs: used / times.length, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
};
