import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './database.ts';
import type { KillableProcess } from './killable-process.ts';
import { pick } from './random.ts';
import type { StoreDisk } from './store-disk.ts';
import { lies, type TimestampServers } from './timestamp-servers.ts';

/** What can be made to fail. */
export interface World {
  readonly processes: readonly KillableProcess[];
  readonly database: Database;
  readonly timestamps: TimestampServers;
  readonly disk: StoreDisk;
}

/** How often each comes up, out of all: a killed process is the commonest fault there is. */
const WEIGHTS = { 'process killed': 12, 'both processes killed': 3, 'Postgres ended': 1, 'timestamp authority dead': 2, 'timestamp authority lies': 2, 'disk full': 2 } as const;
export type FaultKind = keyof typeof WEIGHTS;

const bag = (Object.entries(WEIGHTS) as [FaultKind, number][]).flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind));

const acts: Readonly<Record<FaultKind, (world: World, random: () => number) => Promise<void>>> = {
  async 'process killed'({ processes }, random) {
    const process = pick(processes, random);
    await process.kill();
    await process.start();
  },
  async 'both processes killed'({ processes }) {
    await Promise.all(processes.map((process) => process.kill()));
    for (const process of processes) await process.start();
  },
  'Postgres ended': ({ database }) => database.restart(),
  async 'timestamp authority dead'({ timestamps }, random) {
    timestamps.behave('dead');
    await pause(200 + random() * 1_500);
    timestamps.behave('honest');
  },
  async 'timestamp authority lies'({ timestamps }, random) {
    timestamps.behave(pick(lies, random));
    await pause(200 + random() * 1_500);
    timestamps.behave('honest');
  },
  async 'disk full'({ disk }, random) {
    disk.fill();
    await pause(200 + random() * 1_500);
    disk.clear();
  },
};

/** Does so many faults, one after another at moments that nobody planned, and then lets everything be well. */
export const injectFaults = async (world: World, count: number, random: () => number, told: (done: number, counts: Readonly<Record<FaultKind, number>>) => void): Promise<Readonly<Record<FaultKind, number>>> => {
  const counts = Object.fromEntries(Object.keys(WEIGHTS).map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const possible = bag.filter((kind) => kind !== 'disk full' || world.disk.kind === 'full disk');
  for (let done = 1; done <= count; done += 1) {
    // What is still starting has nothing to lose: a fault is worth something once somebody is at work.
    await Promise.any(world.processes.map((process) => process.ready()));
    await pause(random() * 1_000);
    const kind = pick(possible, random);
    await acts[kind](world, random);
    counts[kind] += 1;
    told(done, counts);
  }
  world.timestamps.behave('honest');
  world.disk.clear();
  await Promise.all(world.processes.map((process) => process.ready()));
  return counts;
};
