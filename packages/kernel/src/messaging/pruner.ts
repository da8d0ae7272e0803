import type { PrismaLike } from '../data/sql.ts';
import type { Part } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import { pruneLog } from './log.ts';

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;

/** Lets go of facts that were kept long enough: at the start, and then every hour. Several at once do not disturb each other. */
export const createPruner = (options: { db: PrismaLike; keptDays: number; now: () => Date; log: Logger }): Part => {
  const { db, keptDays, now, log } = options;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let stopped = false;

  const prune = async (): Promise<void> => {
    const olderThan = new Date(now().getTime() - keptDays * DAY_MS);
    while (!stopped && (await pruneLog(db, olderThan)));
  };
  const begin = (): void => {
    running = prune().catch((error: unknown) => log.warn({ err: error }, 'old facts could not be let go; trying again in an hour'));
  };

  return {
    name: 'pruner',
    async start() {
      begin();
      timer = setInterval(begin, EVERY_MS);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
};
