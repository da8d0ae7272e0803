import { createLogger, EnvironmentError, PortTakenError, type EnvSource } from '@buffrsign/kernel/gateway';
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

const start = async (source: EnvSource): Promise<RunningGateway> => {
  const env = readGatewayEnv(source);
  const supergraphSdl = await readSupergraph(env.supergraphPath);
  const log = createLogger('gateway', env.logLevel);
  const gateway = await startGateway({ ...env, supergraphSdl, subgraphUrls: readSubgraphUrls(namesIn(supergraphSdl), source), log });
  log.info({ url: gateway.url }, 'gateway ready');
  return gateway;
};

/** Runs a gateway until SIGTERM or SIGINT. What keeps it from starting is printed in words, and the exit code is 1. */
export const runGateway = async (source: EnvSource): Promise<void> => {
  try {
    const gateway = await start(source);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void gateway.stop());
  } catch (error) {
    process.stderr.write(`${isTheirs(error) ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exitCode = 1;
  }
};
