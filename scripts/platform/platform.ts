import { startGateway, type RunningGateway } from '@buffrsign/gateway';
import { createLocalDirectory, createMemoryBus, createServerPart, createSubgraph, openTelemetry, readKernelEnv, run, systemClock, type AnySubgraph, type AssembledSubgraph, type EnvSource, type Logger, type Running } from '@buffrsign/kernel/platform';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { subgraphs, type SubgraphName } from '../../subgraphs/index.ts';
import { portOf } from './port-of.ts';
import { silentProgress, type Progress } from './progress.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A definition by its name: `@buffrsign/documents/subgraph` exports `documents`. */
export const loadSubgraph = async (name: string): Promise<AnySubgraph> => {
  const module = (await import(`@buffrsign/${name}/subgraph`)) as Record<string, AnySubgraph>;
  return module[name]!;
};

export interface PlatformOptions {
  /** What a distributed deployment would have in its environment; `PORT` is set for each part. */
  readonly env: EnvSource;
  /** The gateway's port; the subgraphs take the fourteen after it. */
  readonly port: number;
  readonly log: Logger;
  readonly progress?: Progress;
}

export interface RunningPlatform {
  readonly gateway: RunningGateway;
  /** The parts by name, for who has to reach into one: seeding, tests. */
  readonly parts: ReadonlyMap<string, AssembledSubgraph>;
  /** Where figures are served, where they are asked for. */
  readonly metricsUrl: string | undefined;
  stop(): Promise<void>;
}

/** Which subgraphs issue tokens, and whom they can let in. */
const issuers = [
  { issuer: 'auth', kind: 'user' },
  { issuer: 'signatures', kind: 'guest' },
] as const;

/**
 * The whole platform in one process: the same subgraphs and the same gateway as in a distributed deployment, with facts
 * and queries going from one to the other without a network. Databases must be there.
 */
export const startPlatform = async (options: PlatformOptions): Promise<RunningPlatform> => {
  const { env, port, log, progress = silentProgress } = options;
  const bus = createMemoryBus();
  const telemetry = await openTelemetry('buffrsign', env, log);
  const directory = createLocalDirectory(telemetry.version, systemClock);
  // Before all others, and stopped after them: what they do at their end is seen, too.
  const seeing = await run([telemetry.part], log);
  const started: Running[] = [];
  const parts = new Map<string, AssembledSubgraph>();

  const stop = async (): Promise<void> => {
    // Waiting relays are let go first; a fact that was not sent stays in its outbox.
    await Promise.all(started.map((running) => running.stop()));
    await bus.close();
    await seeing.stop();
  };

  const startOne = async (name: SubgraphName): Promise<void> => {
    const definition = await loadSubgraph(name);
    const source = { ...env, PORT: String(portOf(port, name)) };
    const ground = { env: readKernelEnv(name, portOf(port, name), source), source, bus, now: systemClock, log: log.child({ subgraph: name }), migrations: `${root}prisma`, telemetry, directory };
    const assembled = await createSubgraph(definition, ground);
    started.push(await run([...assembled.parts, createServerPart(definition, ground, assembled)], ground.log));
    parts.set(name, assembled);
    directory.add(name, assembled.readiness);
    progress.part(name);
  };

  try {
    progress.step('subgraphs', subgraphs.length);
    // All at once; where one fails, the others are let through first, so that what they started can be stopped.
    const outcomes = await Promise.allSettled(subgraphs.map(({ name }) => startOne(name)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    bus.open();
    progress.step('gateway');
    const gateway = await startGateway({
      supergraphSdl: await readFile(`${root}schema/supergraph.graphql`, 'utf8'),
      transports: Object.fromEntries([...parts].map(([name, { transport }]) => [name, transport])),
      issuers: issuers.map(({ issuer, kind }) => ({ issuer, kind, jwksUrl: `http://127.0.0.1:${portOf(port, issuer)}/.well-known/jwks.json` })),
      actorTokenSecret: env['ACTOR_TOKEN_SECRET']!,
      host: env['HOST'] ?? '127.0.0.1',
      port,
      log: log.child({ part: 'gateway' }),
      now: systemClock,
      passThrough: [{ method: 'POST', path: '/verifications', target: `http://127.0.0.1:${portOf(port, 'signatures')}/verifications` }],
      pagesDirectory: `${root}pages`,
      operationsDirectory: `${root}schema/operations`,
      introspection: 'all',
      allowedOrigins: '*',
      telemetry,
    });
    directory.add('gateway', gateway.readiness);
    return {
      gateway,
      parts,
      metricsUrl: telemetry.metricsUrl(),
      stop: async () => {
        await gateway.stop();
        await stop();
      },
    };
  } catch (error) {
    // Closed before it was opened: nothing is marked as said that somebody who did not start has not heard.
    await bus.close();
    await stop();
    throw error;
  }
};
