import { newId } from '@buffrsign/kernel/platform';
import { startIssuer } from '../../gateway/tests/support/issuer.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { composeSupergraph } from '../compose/compose.ts';
import { createClient } from '../faults/client.ts';
import { linkReader } from '../faults/database.ts';
import { carryEnvelope } from '../faults/envelopes.ts';
import { createWorkplace, keepLogs, layGround, SECRET, type Ground, type Workplace } from '../faults/ground.ts';
import { createKillableProcess, type KillableProcess } from '../faults/killable-process.ts';
import { pick, randomOf } from '../faults/random.ts';
import { freePort } from '../platform/postgres.ts';
import { multipart, serverSentEvents } from './formats.ts';
import { watchByHttp } from './http-watchers.ts';
import { injectFaults, type FaultKind } from './injector.ts';
import { faultsOf, settle } from './judge.ts';
import { startProxy } from './proxy.ts';
import { createRedisProcess } from './redis-process.ts';
import { createSocketWatchers } from './socket-watchers.ts';
import type { Occurrence, Watcher, WatcherOptions } from './watcher.ts';

/** Envelopes that are signed and watched at the same time; two cores are busy with it. */
const IN_FLIGHT = 4;
/** Watchers of each envelope, some of whom begin before it is sent and some in its midst. */
const WATCHERS = { first: 4, later: 4 };
const CONNECTIONS = 6;
/** Shorter than a run, so that tokens run out while they are used. */
const TOKEN_SECONDS = 25;

export interface LiveFaultsVerdict {
  readonly ok: boolean;
  readonly seed: number;
  readonly seconds: number;
  readonly faults: Readonly<Record<FaultKind, number>>;
  readonly envelopes: number;
  /** Facts that were committed, and events of them that came to watchers. */
  readonly committed: number;
  readonly delivered: number;
  readonly watchers: number;
  /** How often a token ran out while it was used, and a stream was asked for from a cursor. */
  readonly occurrences: Readonly<Record<Occurrence, number>>;
  readonly wrong: readonly string[];
}

/** The gateway as a process of its own, in front of the first of the two subgraph processes. */
const startGatewayProcess = async ({ folder, undo }: Workplace, subgraph: KillableProcess, issuer: { issuer: string; jwksUrl: string }): Promise<{ gateway: KillableProcess; port: number }> => {
  const composed = await composeSupergraph([{ name: 'signatures', port: Number(new URL(subgraph.url).port) }]);
  if ('errors' in composed) throw new Error(composed.errors.join('\n'));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composed.supergraph);
  const port = await freePort();
  const env = {
    SUPERGRAPH_PATH: supergraph,
    ACTOR_TOKEN_SECRET: SECRET,
    TOKEN_ISSUERS: `${issuer.issuer} user ${issuer.jwksUrl}`,
    SIGNATURES_URL: `${subgraph.url}/graphql`,
    INTROSPECTION: 'none',
    LOG_LEVEL: 'warn',
    APOLLO_TELEMETRY_DISABLED: '1',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
  const gateway = createKillableProcess('gateway/src/main.ts', port, env, join(folder, 'gateway.log'));
  undo(() => gateway.kill());
  await gateway.ready();
  return { gateway, port };
};

/** Lets people watch envelopes over all transports, as one of two members each, and keeps who watches right now. */
const createAudience = (options: { port: number; tokenOf: (subject: string) => string; subjects: readonly [string, string]; random: () => number }) => {
  const { port, tokenOf, subjects, random } = options;
  const occurrences: Record<Occurrence, number> = { 'token run out': 0, 'taken up again over graphql-ws': 0, 'taken up again over SSE': 0, 'taken up again over multipart': 0 };
  const happened = (what: Occurrence): void => void (occurrences[what] += 1);
  const optionsOf = (index: number): WatcherOptions => ({ port, random, happened, tokenOf: () => tokenOf(subjects[index % 2]!) });
  const sockets = Array.from({ length: CONNECTIONS }, (_, index) => createSocketWatchers(optionsOf(index)));
  const bySocket = (envelopeId: string): Watcher => pick(sockets, random).watch(envelopeId);
  const watchers: readonly ((envelopeId: string, options: WatcherOptions) => Watcher)[] = [bySocket, bySocket, (id, own) => watchByHttp(serverSentEvents, own, id), (id, own) => watchByHttp(multipart, own, id)];
  const watching = new Set<Watcher>();
  return {
    watching,
    occurrences,
    watch(envelopeId: string, number: number): Watcher {
      const watcher = watchers[number % 4]!(envelopeId, optionsOf(number));
      watching.add(watcher);
      return watcher;
    },
    leave(watcher: Watcher): void {
      watcher.leave();
      watching.delete(watcher);
    },
    dispose: () => Promise.all(sockets.map((socket) => socket.dispose())),
  };
};

type Audience = ReturnType<typeof createAudience>;

/** Keeps envelopes in flight with watchers on each, until it is told to stop; then waits for the last of them. */
const keepWatching = ({ database, processes, member, documentId }: Ground, audience: Audience, random: () => number) => {
  const client = createClient(processes.map(({ url }) => url), SECRET, random);
  const linkOf = linkReader(database, SECRET);
  const totals = { envelopes: 0, committed: 0, delivered: 0, watchers: 0 };
  const wrong: string[] = [];
  let going = true;

  const carry = async (): Promise<void> => {
    const watchers: Watcher[] = [];
    let later: Promise<unknown> = Promise.resolve();
    const { envelopeId } = await carryEnvelope(client, member, documentId, linkOf, random, async (id) => {
      for (let number = 0; number < WATCHERS.first; number += 1) watchers.push(audience.watch(id, number));
      await Promise.race([Promise.all(watchers.map(({ begun }) => begun)), pause(5_000)]);
      later = Promise.all(
        Array.from({ length: WATCHERS.later }, async (_, number) => {
          await pause(random() * 3_000);
          watchers.push(audience.watch(id, number));
        }),
      );
    });
    await later;
    const committed = await settle(database, envelopeId, watchers.map(({ seen }) => seen));
    for (const watcher of watchers) {
      audience.leave(watcher);
      wrong.push(...faultsOf(watcher.seen, committed));
      totals.delivered += watcher.seen.events.length;
    }
    totals.envelopes += 1;
    totals.watchers += watchers.length;
    totals.committed += committed.length;
  };
  const lane = async (): Promise<void> => {
    while (going) await carry();
  };
  const lanes = Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  // Who fails is awaited in the end; until then it is not unhandled.
  lanes.catch(() => undefined);
  return {
    totals,
    wrong,
    async stop() {
      going = false;
      await lanes;
    },
  };
};

/** Runs so many faults over streams that are watched, and compares what came to each watcher with what was committed. */
export const runLiveFaults = async ({ count, seed, say }: { readonly count: number; readonly seed: number; readonly say: (line: string) => void }): Promise<LiveFaultsVerdict> => {
  const began = performance.now();
  const random = randomOf(seed);
  const workplace = await createWorkplace();
  const { folder, undo } = workplace;
  try {
    const redis = createRedisProcess(await freePort(), join(folder, 'redis'));
    undo(() => redis.kill());
    await redis.start();
    const issuer = await startIssuer();
    undo(issuer.stop);
    const ground = await layGround(workplace, { REDIS_URL: redis.url });
    const { member, organizationId, processes, logs, database } = ground;
    const { gateway, port } = await startGatewayProcess(workplace, processes[0]!, issuer.trusted);
    const proxy = await startProxy(port);
    undo(proxy.stop);
    const tokenOf = (subject: string): string => issuer.issue({ subject, organizationId, scopes: member.scopes, lifetimeSeconds: TOKEN_SECONDS });
    const audience = createAudience({ port: proxy.port, tokenOf, subjects: [member.id, newId('usr')], random });
    undo(audience.dispose);
    say('  all is started; envelopes are being signed and watched');

    const watched = keepWatching(ground, audience, random);
    const faults = await injectFaults({ proxy, gateway, processes, redis, database, watchers: audience.watching }, count, random, (done) => {
      if (done % 10 === 0 || done === count) say(`  ${done} of ${count} faults, ${watched.totals.envelopes} envelopes watched to their end, ${watched.totals.delivered} events came, ${watched.wrong.length} complaints`);
    });
    say('  all is well again; waiting for what is in flight');
    await watched.stop();
    const { totals, wrong } = watched;
    if (wrong.length > 0) await keepLogs(folder, [...logs, 'gateway.log'], say);
    return report({ ok: wrong.length === 0 && totals.delivered > 0, seed, seconds: Math.round((performance.now() - began) / 1_000), faults, ...totals, occurrences: audience.occurrences, wrong }, say);
  } finally {
    await workplace.cleanUp();
  }
};

const report = (verdict: LiveFaultsVerdict, say: (line: string) => void): LiveFaultsVerdict => {
  const { faults, envelopes, committed, delivered, watchers, occurrences, wrong, seed, seconds } = verdict;
  const row = (name: string, count: number, more = ''): void => say(`  ${name.padEnd(32)}${String(count).padStart(6)}${more}`);
  say('');
  for (const [kind, count] of Object.entries(faults)) row(kind, count);
  say('');
  row('envelopes', envelopes, `   (seed ${seed}, ${seconds} s)`);
  row('facts committed', committed);
  row('watchers', watchers);
  row('events delivered', delivered);
  for (const [what, count] of Object.entries(occurrences)) row(what, count);
  row('lost, twice, out of order, broken', wrong.length);
  for (const line of wrong.slice(0, 20)) say(`    ${line}`);
  return verdict;
};
