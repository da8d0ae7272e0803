import { Pool } from 'undici';
import type { BenchQuery } from './shop.ts';
import type { Contestant } from './contestants.ts';

/** What one run of one query against one gateway took. */
export interface Measured {
  readonly cpuMs: number;
  readonly p50: number;
  readonly p99: number;
}

const CONNECTIONS = 10;
const headers = { 'content-type': 'application/json', accept: 'application/json' };

const percentile = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** Sends so many requests over ten connections; each connection sends its next when it has its answer. */
export const measure = async ({ url, cpu }: Contestant, { bodies }: BenchQuery, requests: number): Promise<Measured> => {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const times: number[] = [];
  const send = async (body: string): Promise<void> => {
    const response = await pool.request({ path: pathname, method: 'POST', headers, body });
    const bytes = await response.body.bytes();
    if (response.statusCode !== 200 || bytes.length < 20) throw new Error(`${url} answered ${response.statusCode}`);
  };
  const before = await cpu();
  let sent = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (sent < requests) {
        const started = performance.now();
        await send(bodies[(sent += 1) % bodies.length]!);
        times.push(performance.now() - started);
      }
    }),
  );
  const used = (await cpu()) - before;
  await pool.close();
  times.sort((a, b) => a - b);
  return { cpuMs: used / times.length, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
};
