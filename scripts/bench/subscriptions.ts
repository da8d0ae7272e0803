import { startIssuer } from '../../gateway/tests/support/issuer.ts';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './cpu.ts';
import { BARE, OURS, startClients, startContestants, type Clients, type Contestant } from './subscriptions/contestants.ts';
import type { Received } from './subscriptions/clients.ts';
import { TOPICS } from './subscriptions/topics.ts';

/** CPU of the gateway for each delivered event over that of a bare graphql-ws server that sends the very same bytes. */
const AT_MOST = 1.5;

const CLIENTS = Number(process.env['BENCH_CLIENTS'] ?? 10_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
/** Facts of one round, each of which goes to every client of its topic; so many that both have time left at this pace. */
const FACTS = { facts: 1_000, perSecond: 60 };

/** A round of one contestant; CPU in microseconds a delivered event. */
interface Round extends Received {
  readonly cpu: number;
}

interface Row {
  readonly title: string;
  /** The token of each client. */
  readonly tokens: readonly string[];
  readonly rounds: number;
}

const roundOf = async (contestant: Contestant, clients: Clients): Promise<Round> => {
  const before = await contestant.cpu();
  const received = await clients.receive(await contestant.append(FACTS));
  return { ...received, cpu: ((await contestant.cpu()) - before) * 1_000 / received.delivered };
};

const faultsOf = (name: string, { missing, wrong }: Received): string[] => [...(missing === 0 ? [] : [`${name}: ${missing} events did not arrive`]), ...wrong.map((words) => `${name}: ${words}`)];

/** Both in turn, round after round, so that whatever else the machine does falls on both alike. The first is to warm up. */
const runRow = async (contestants: readonly Contestant[], { title, tokens, rounds }: Row): Promise<{ ratio: number; faults: readonly string[] }> => {
  console.log(`\n${title}: ${tokens.length.toLocaleString('en')} clients of ${TOPICS} topics`);
  const clients = new Map<Contestant, Clients>();
  const all = new Map<Contestant, Round[]>(contestants.map((contestant) => [contestant, []]));
  const faults: string[] = [];
  try {
    for (const contestant of contestants) clients.set(contestant, await startClients(contestant, tokens, console.log));
    for (let number = 0; number <= rounds; number += 1) {
      for (const [contestant, each] of all) {
        const round = await roundOf(contestant, clients.get(contestant)!);
        console.log(`  ${number === 0 ? 'warm-up' : `round ${number}`}  ${contestant.name.padEnd(16)}${round.cpu.toFixed(1).padStart(6)} µs of CPU for each of ${round.delivered.toLocaleString('en')} events`);
        faults.push(...faultsOf(contestant.name, round));
        if (number > 0) each.push(round);
      }
    }
  } finally {
    for (const each of clients.values()) await each.stop();
  }
  const [ours, bare] = contestants.map((contestant) => all.get(contestant)!) as [Round[], Round[]];
  print(contestants, all);
  const sizes = [ours, bare].map((each) => median(each.map(({ bytes }) => bytes)));
  if (sizes[0] !== sizes[1]) faults.push(`what they send is not the same: ${sizes.map((size) => size!.toFixed(1)).join(' and ')} bytes a message`);
  return { ratio: median(ours.map(({ cpu }, index) => cpu / bare[index]!.cpu)), faults };
};

const print = (contestants: readonly Contestant[], all: ReadonlyMap<Contestant, readonly Round[]>): void => {
  console.log(`  ${''.padEnd(16)}CPU an event   p50 from commit to client      p99`);
  for (const contestant of contestants) {
    const of = (read: (round: Round) => number): number => median(all.get(contestant)!.map(read));
    console.log(`  ${contestant.name.padEnd(16)}${of(({ cpu }) => cpu).toFixed(1).padStart(9)} µs${of(({ p50 }) => p50).toFixed(1).padStart(26)} ms${of(({ p99 }) => p99).toFixed(1).padStart(8)} ms`);
  }
};

/** Files that one process may have open: the gateway holds one for a client and one for an identity. */
const openFilesAtMost = async (): Promise<number> => {
  const limits = await readFile('/proc/self/limits', 'utf8');
  return Number(/^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1] ?? Infinity);
};

/**
 * Ten thousand clients of a hundred topics, on the gateway and on a bare graphql-ws server that sends them the same,
 * each server in a process of its own and the clients in others. Fails where the gateway takes too much CPU, and where
 * any client does not get every event once and in order.
 */
export default async (): Promise<boolean> => {
  const undo: (() => unknown)[] = [];
  const directory = await mkdtemp(join(tmpdir(), 'buffrsign-bench-'));
  undo.push(() => rm(directory, { recursive: true, force: true }));
  try {
    const issuer = await startIssuer('bench');
    undo.push(issuer.stop);
    const tokenOf = (subject: string): string => issuer.issue({ subject, lifetimeSeconds: 7_200 });
    const contestants = await startContestants(directory, issuer.trusted.jwksUrl, (step) => undo.push(step));

    const ofTopics = Array.from({ length: TOPICS }, (_, topic) => tokenOf(`usr_${topic}`));
    const shared = await runRow(contestants, { title: 'clients of a topic are one identity', tokens: Array.from({ length: CLIENTS }, (_, index) => ofTopics[index % TOPICS]!), rounds: ROUNDS });
    const alone = Math.min(CLIENTS, Math.floor(((await openFilesAtMost()) - 500) / 2 / TOPICS) * TOPICS);
    const own = await runRow(contestants, { title: 'every client is an identity of its own, so that nothing can be shared', tokens: Array.from({ length: alone }, (_, index) => tokenOf(`usr_alone_${index}`)), rounds: Math.min(2, ROUNDS) });

    const faults = [...shared.faults, ...own.faults];
    console.log('');
    for (const fault of faults) console.log(`FAULT    ${fault}`);
    if (faults.length === 0) console.log('reached  every client got every event once and in order, and of both the same bytes');
    console.log(`${shared.ratio <= AT_MOST ? 'reached' : 'SHORT  '}  one identity a topic: ${OURS} takes ${shared.ratio.toFixed(2)} times the CPU of a ${BARE} server (at most ${AT_MOST})`);
    console.log(`as it is one identity a client: ${own.ratio.toFixed(2)} times`);
    return faults.length === 0 && shared.ratio <= AT_MOST;
  } finally {
    for (const step of undo.reverse()) await step();
  }
};
