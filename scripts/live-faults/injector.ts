import { until } from '@buffrsign/kernel/testing';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../faults/database.ts';
import type { KillableProcess } from '../faults/killable-process.ts';
import { pick } from '../faults/random.ts';
import type { Proxy } from './proxy.ts';
import type { RedisProcess } from './redis-process.ts';
import type { Watcher } from './watcher.ts';

/** What can be made to fail. */
export interface World {
  readonly proxy: Proxy;
  readonly gateway: KillableProcess;
  readonly processes: readonly KillableProcess[];
  readonly redis: RedisProcess;
  readonly database: Database;
  /** Those who watch right now. */
  readonly watchers: ReadonlySet<Watcher>;
}

/** How often each comes up, out of all: a lost connection is the commonest fault there is. */
const WEIGHTS = { 'connections cut': 10, 'watchers come back': 3, 'gateway killed': 4, 'subgraph killed': 4, 'both subgraphs killed': 1, 'Redis killed': 1, 'Redis killed, comes back empty': 2, 'Postgres ended': 1 } as const;
export type FaultKind = keyof typeof WEIGHTS;

const bag = (Object.entries(WEIGHTS) as [FaultKind, number][]).flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind));

const killRedis = async (redis: RedisProcess, random: () => number, forgets: boolean): Promise<void> => {
  await redis.kill();
  if (forgets) await redis.forget();
  // Facts are committed meanwhile, and nobody is told.
  await pause(random() * 1_500);
  await redis.start();
};

const acts: Readonly<Record<FaultKind, (world: World, random: () => number) => Promise<void>>> = {
  'connections cut': async ({ proxy }, random) => proxy.cut(random),
  async 'watchers come back'({ watchers }, random) {
    for (const watcher of watchers) if (random() < 0.3) watcher.comeBack();
  },
  async 'gateway killed'({ gateway }, random) {
    await gateway.kill();
    await pause(random() * 500);
    await gateway.start();
  },
  async 'subgraph killed'({ processes }, random) {
    const process = pick(processes, random);
    await process.kill();
    await pause(random() * 500);
    await process.start();
  },
  async 'both subgraphs killed'({ processes }) {
    await Promise.all(processes.map((process) => process.kill()));
    for (const process of processes) await process.start();
  },
  'Redis killed': ({ redis }, random) => killRedis(redis, random, false),
  'Redis killed, comes back empty': ({ redis }, random) => killRedis(redis, random, true),
  'Postgres ended': ({ database }) => database.restart(),
};

/** Does so many faults, one after another at moments that nobody planned, and then lets everything be well. */
export const injectFaults = async (world: World, count: number, random: () => number, told: (done: number) => void): Promise<Readonly<Record<FaultKind, number>>> => {
  const counts = Object.fromEntries(Object.keys(WEIGHTS).map((kind) => [kind, 0])) as Record<FaultKind, number>;
  for (let done = 1; done <= count; done += 1) {
    // What is still starting has no streams to lose.
    await Promise.all([world.gateway, ...world.processes].map((process) => process.ready()));
    await until('somebody to be told something', () => [...world.watchers].some(({ seen }) => seen.events.length > 0), 120_000);
    await pause(random() * 1_000);
    const kind = pick(bag, random);
    await acts[kind](world, random);
    counts[kind] += 1;
    told(done);
  }
  await Promise.all([world.gateway, ...world.processes].map((process) => process.ready()));
  return counts;
};
