import { createLogger, EnvironmentError, openTelemetry, PortTakenError, run, type EnvSource, type Part, type Running } from '@buffrsign/kernel/gateway';
import { readFile } from 'node:fs/promises';
import { readGatewayEnv, readSubgraphUrls } from './env.ts';
import { PagesError, startGateway, SupergraphError, type RunningGateway } from './index.ts';

/** A cause that the person who starts the process can mend; its message says how. */
const isTheirs = (error: unknown): error is Error => [EnvironmentError, PagesError, PortTakenError, SupergraphError].some((kind) => error instanceof kind);

const readSupergraph = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw new SupergraphError(`There is no supergraph at ${path}. Compose it first, or set SUPERGRAPH_PATH.`, { cause: error });
  });

/** Subgraph names as composition writes them; a supergraph that is none is refused when it is loaded. */
const namesIn = (sdl: string): string[] => [...sdl.matchAll(/@join__graph\(name: "([^"]+)"/g)].map((match) => match[1] as string);

const start = async (source: EnvSource): Promise<Running> => {
  const env = readGatewayEnv(source);
  const supergraphSdl = await readSupergraph(env.supergraphPath);
  const log = createLogger('gateway', env.logLevel);
  const telemetry = await openTelemetry('gateway', source, log);
  let gateway: RunningGateway | undefined;
  const serving: Part = {
    name: 'gateway',
    start: async () => void (gateway = await startGateway({ ...env, supergraphSdl, subgraphUrls: readSubgraphUrls(namesIn(supergraphSdl), source), log, telemetry })),
    stop: async () => gateway?.stop(),
  };
  const running = await run([telemetry.part, serving], log);
  log.info({ url: gateway?.url, metrics: telemetry.metricsUrl() }, 'gateway ready');
  return running;
};

/** Runs a gateway until SIGTERM or SIGINT. What keeps it from starting is printed in words, and the exit code is 1. */
export const runGateway = async (source: EnvSource): Promise<void> => {
  try {
    const running = await start(source);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void running.stop());
  } catch (error) {
    process.stderr.write(`${isTheirs(error) ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exitCode = 1;
  }
};
