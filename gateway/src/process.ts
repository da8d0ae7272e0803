import { createLogger, EnvironmentError, openTelemetry, PortTakenError, run, type EnvSource, type Logger, type Part, type Running } from '@buffrsign/kernel/gateway';
import { readFile } from 'node:fs/promises';
import { readGatewayEnv, readSubgraphUrls, type GatewayEnv } from './env.ts';
import { followFile } from './graph/follow-file.ts';
import { PagesError, startGateway, SupergraphError, type RunningGateway } from './index.ts';

/** A cause that the person who starts the process can mend; its message says how. */
const isTheirs = (error: unknown): error is Error => [EnvironmentError, PagesError, PortTakenError, SupergraphError].some((kind) => error instanceof kind);

const readSupergraph = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw new SupergraphError(`There is no supergraph at ${path}. Compose it first, or set SUPERGRAPH_PATH.`, { cause: error });
  });

/** Reloads when the file changes, and at once when asked by SIGHUP. Why one is refused, the gateway itself says. */
const followSupergraph = (gateway: RunningGateway, { supergraphPath: path, supergraphPollMs: pollMs }: GatewayEnv, first: string, log: Logger): { close(): void } => {
  const reload = (sdl: string): void => void gateway.reload(sdl).catch(() => undefined);
  const file = followFile({ path, pollMs, first, changed: reload });
  process.on('SIGHUP', () => void readSupergraph(path).then(reload, (error: unknown) => log.error({ err: error }, 'the supergraph cannot be read; the one before is served on')));
  return file;
};

/** For what is left of the end when the gateway itself is through. */
const LAST_MS = 2_000;

const start = async (source: EnvSource): Promise<Running> => {
  const env = readGatewayEnv(source);
  const supergraphSdl = await readSupergraph(env.supergraphPath);
  const log = createLogger('gateway', env.logLevel);
  const telemetry = await openTelemetry('gateway', source, log);
  let gateway: RunningGateway | undefined;
  let supergraph: { close(): void } | undefined;
  const serving: Part = {
    name: 'gateway',
    async start() {
      gateway = await startGateway({ ...env, supergraphSdl, subgraphUrls: (names) => readSubgraphUrls(names, source), log, telemetry });
      supergraph = followSupergraph(gateway, env, supergraphSdl, log);
    },
    async stop() {
      supergraph?.close();
      await gateway?.stop();
    },
  };
  const running = await run([telemetry.part, serving], log, env.drainMs + env.graceMs + LAST_MS);
  log.info({ url: gateway?.url, metrics: telemetry.metricsUrl() }, 'gateway ready');
  return running;
};

/** Runs a gateway until SIGTERM or SIGINT. What keeps it from starting is printed in words, and the exit code is 1. */
export const runGateway = async (source: EnvSource): Promise<void> => {
  try {
    const running = await start(source);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void running.stop().then(() => process.exit(0)));
  } catch (error) {
    process.stderr.write(`${isTheirs(error) ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exitCode = 1;
  }
};
