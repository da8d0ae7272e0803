import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './cpu.ts';
import { FLOOR, HIVE_RUST, IN_PROCESS, JSON_FLOOR, OURS, startContestants, STOCK, type Contestant } from './gateway/contestants.ts';
import { measure, warmUp, type Measured } from './gateway/load.ts';
import { recordCalls } from './gateway/record.ts';
import { benchQueries, composeShop, type BenchQuery } from './gateway/shop.ts';
import { pinTo, startFile } from './process.ts';

type Query = BenchQuery['name'];

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 12);

/**
 * CPU a request of one gateway over that of another, and what it may be at most. In heavy, reading and writing JSON takes
 * more than the calls do, so that it is held against the floor that does as much of it.
 */
const goals: readonly { readonly query: Query; readonly of: string; readonly to: string; readonly atMost: number }[] = [
  { query: 'medium', of: OURS, to: STOCK, atMost: 1 / 6 },
  { query: 'heavy', of: OURS, to: STOCK, atMost: 1 / 5 },
  { query: 'medium', of: OURS, to: HIVE_RUST, atMost: 1 / 3 },
  { query: 'light', of: OURS, to: FLOOR, atMost: 2 },
  { query: 'medium', of: OURS, to: FLOOR, atMost: 2 },
  { query: 'heavy', of: OURS, to: JSON_FLOOR, atMost: 1.6 },
  { query: 'medium', of: IN_PROCESS, to: STOCK, atMost: 1 / 13 },
  { query: 'heavy', of: IN_PROCESS, to: STOCK, atMost: 1 / 8 },
];

const queries = benchQueries.filter(({ name }) => (process.env['BENCH_QUERY'] ?? name) === name);

/**
 * Of CPU the least of all rounds: what else a machine does, and its neighbours where it is a virtual one, only adds to it,
 * and adds more to who waits often than to who computes all the time. Of what clients wait the median.
 */
const summaryOf = (runs: readonly Measured[]): Measured => ({
  cpuMs: Math.min(...runs.map(({ cpuMs }) => cpuMs)),
  p50: median(runs.map(({ p50 }) => p50)),
  p99: median(runs.map(({ p99 }) => p99)),
});

const keyOf = (contestant: string, query: Query): string => `${contestant}: ${query}`;

/** What was measured of each gateway with each query. */
type Results = ReadonlyMap<string, Measured>;

/** Every gateway with every query in turn, round after round, so that whatever else the machine does falls on all alike. */
const runAll = async (contestants: readonly Contestant[]): Promise<Results> => {
  const runs = new Map<string, Measured[]>();
  for (const query of queries) for (const contestant of contestants) await warmUp(contestant, query);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const query of queries) {
      for (const contestant of contestants) {
        const key = keyOf(contestant.name, query.name);
        runs.set(key, [...(runs.get(key) ?? []), await measure(contestant, query)]);
      }
    }
  }
  return new Map(Array.from(runs, ([key, ofKey]) => [key, summaryOf(ofKey)]));
};

const print = (contestants: readonly Contestant[], results: Results): void => {
  for (const { name: query } of queries) {
    console.log(`\n${query.padEnd(28)}CPU a request    p50        p99`);
    for (const { name } of contestants) {
      const { cpuMs, p50, p99 } = results.get(keyOf(name, query))!;
      console.log(`  ${name.padEnd(26)}${cpuMs.toFixed(3).padStart(9)} ms${p50.toFixed(1).padStart(9)} ms${p99.toFixed(1).padStart(8)} ms`);
    }
  }
};

/**
 * The gateways share a core, of which each has all while it is asked; clients and subgraphs have the others. Who is
 * moved about between cores, or makes room for its own clients, does the same work with cold caches.
 */
const shareOut = async (contestants: readonly Contestant[], others: readonly number[]): Promise<void> => {
  const cores = availableParallelism();
  if (cores === 1) return console.log('There is one core: gateways share it with those who ask and answer them.');
  await Promise.all([...contestants.map(({ pid }) => pinTo('0', pid)), ...others.map((pid) => pinTo(`1-${cores - 1}`, pid))]);
};

const judge = (results: Results): boolean => {
  console.log('');
  return goals
    .filter(({ query, of, to }) => results.has(keyOf(of, query)) && results.has(keyOf(to, query)))
    .map(({ query, of, to, atMost }) => {
      const ratio = results.get(keyOf(of, query))!.cpuMs / results.get(keyOf(to, query))!.cpuMs;
      const say = (value: number): string => (atMost < 1 ? `1/${(1 / value).toFixed(1)}` : `${value.toFixed(2)} times`);
      console.log(`${ratio <= atMost ? 'reached' : 'SHORT  '}  ${query}, ${of}: ${say(ratio)} of ${to} (at most ${say(atMost)})`);
      return ratio <= atMost;
    })
    .every((reached) => reached);
};

/**
 * This gateway, the stock one and Hive's beside each other on the same subgraphs, next to floors that only make the
 * calls. BENCH_ONLY names some, with semicolons between; BENCH_PROFILE one to profile.
 */
export default async (): Promise<boolean> => {
  const directory = await mkdtemp(join(tmpdir(), 'buffrsign-bench-'));
  const only = (process.env['BENCH_ONLY'] ?? '').split(';').filter((name) => name !== '');
  const { child, said } = await startFile<{ urls: Record<string, string> }>('subgraphs', new URL('gateway/subgraphs.ts', import.meta.url), []);
  const contestants: Contestant[] = [];
  try {
    const sdl = composeShop((name) => said.urls[name]!);
    const supergraph = join(directory, 'supergraph.graphql');
    await writeFile(supergraph, sdl);
    contestants.push(...(await startContestants(directory, supergraph, await recordCalls(sdl, said.urls), only)));
    await shareOut(contestants, [process.pid, child.pid!]);
    const results = await runAll(contestants);
    print(contestants, results);
    return judge(results);
  } finally {
    for (const contestant of contestants) contestant.stop();
    child.disconnect();
    await rm(directory, { recursive: true, force: true });
  }
};
