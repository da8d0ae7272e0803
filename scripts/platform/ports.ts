import { createServer } from 'node:net';
import { CannotStartError } from './data-directory.ts';

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Looks before anything is started: half a platform is worse than none. @throws CannotStartError that names the ports. */
export const assertPortsFree = async (ports: readonly number[]): Promise<void> => {
  const taken: number[] = [];
  for (const port of ports) if (!(await isFree(port))) taken.push(port);
  if (taken.length === 0) return;
  const first = ports[0]!;
  throw new CannotStartError(
    `${taken.length > 1 ? `Ports ${taken.join(', ')} are` : `Port ${taken[0]} is`} taken by another program. BuffrSign needs ${first} to ${ports.at(-1)}: stop that program, or start elsewhere with npm start -- --port ${first + 1_000}.`,
  );
};
