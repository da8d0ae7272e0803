import { createDirectory, type ServiceDirectory, type Sighting } from './directory.ts';
import type { Readiness } from './readiness.ts';

/** The parts that run in this process. */
export interface LocalDirectory extends ServiceDirectory {
  add(name: string, readiness: () => Promise<Readiness>): void;
}

export const createLocalDirectory = (version: string, now: () => Date): LocalDirectory => {
  const parts = new Map<string, () => Promise<Readiness>>();
  const look = async (readiness: () => Promise<Readiness>): Promise<Sighting> => {
    const { ready, notReady, since } = await readiness();
    return { status: ready ? 'READY' : 'NOT_READY', version, since, details: notReady };
  };
  const directory = createDirectory(async () => new Map(await Promise.all([...parts].map(async ([name, readiness]) => [name, await look(readiness)] as const))), now);
  return { ...directory, add: (name, readiness) => void parts.set(name, readiness) };
};
