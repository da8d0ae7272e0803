import { fileURLToPath } from 'node:url';
import type { EventBus } from '../messaging/bus.ts';
import { createMemoryBus } from '../messaging/memory-bus.ts';
import { processEnv, readKernelEnv, EnvironmentError, type EnvSource, type KernelEnv } from '../runtime/env.ts';
import { systemClock } from '../runtime/clock.ts';
import { run, type Running } from '../runtime/lifecycle.ts';
import { openTelemetry } from '../telemetry/telemetry.ts';
import { createLogger, type Logger } from '../runtime/logger.ts';
import { createSubgraph } from './create-subgraph.ts';
import type { AnySubgraph } from './define-subgraph.ts';
import { createServerPart } from './serve-subgraph.ts';

const migrations = fileURLToPath(new URL('../../../../prisma', import.meta.url));

const busOf = async ({ redisUrl, redisPrefix }: KernelEnv, log: Logger): Promise<EventBus> => {
  if (redisUrl) {
    // The embedded platform takes this file along, and has no use for a Redis client.
    const { createRedisBus } = await import('../messaging/redis-bus.ts');
    return createRedisBus({ url: redisUrl, prefix: redisPrefix, log });
  }
  const bus = createMemoryBus();
  bus.open();
  return bus;
};

/** Starts one subgraph as a process of its own: database, facts, jobs, HTTP. */
export const startSubgraph = async (definition: AnySubgraph, source: EnvSource = processEnv()): Promise<Running & { url: string }> => {
  const env = readKernelEnv(definition.name, definition.port, source);
  const log = createLogger(definition.name, env.logLevel);
  const telemetry = await openTelemetry(definition.name, source, log);
  const bus = await busOf(env, log);
  const ground = { env, source, bus, now: systemClock, log, migrations, telemetry };
  const assembled = await createSubgraph(definition, ground);
  const http = createServerPart(definition, ground, assembled);
  const running = await run([telemetry.part, ...assembled.parts, http], log);
  log.info({ url: http.url(), metrics: telemetry.metricsUrl() }, 'ready');
  return {
    url: http.url(),
    phase: running.phase,
    stop: async () => {
      await running.stop();
      await bus.close();
    },
  };
};

/** As `startSubgraph`, for a `main.ts`: ends on SIGTERM and SIGINT, and says in words why it cannot start. */
export const runSubgraph = async (definition: AnySubgraph): Promise<void> => {
  try {
    const running = await startSubgraph(definition);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void running.stop().then(() => process.exit(0)));
  } catch (error) {
    const known = error instanceof EnvironmentError || (error instanceof Error && error.name === 'PortTakenError');
    process.stderr.write(`${known ? (error as Error).message : `${definition.name} cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`}\n`);
    process.exit(1);
  }
};
