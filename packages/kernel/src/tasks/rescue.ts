import { makeWorkerUtils, type WorkerUtils } from 'graphile-worker';
import type { Pool } from 'pg';
import type { Part } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import { silent } from './queue-log.ts';

/** How often jobs of processes that died are looked for. */
const RESCUE_MS = 10_000;

/** Parts a worker's name: before it stands the process, which a name of a process never contains. */
const SEPARATOR = '/';

/** The name under which one of the workers of a process holds its jobs. */
export const workerNameOf = (processName: string, worker: string): string => `${processName}${SEPARATOR}${worker}`;

/**
 * Gives out again the jobs of processes that are gone. A process is there as long as Postgres sees a connection under
 * its name; the queue itself would wait four hours.
 */
const rescue = async (pool: Pool, utils: WorkerUtils): Promise<void> => {
  const { rows } = await pool.query<{ worker: string }>(
    `select distinct locked_by as worker from graphile_worker.jobs
     where locked_by is not null
       and not exists (select 1 from pg_stat_activity where datname = current_database() and application_name = split_part(locked_by, $1, 1))`,
    [SEPARATOR],
  );
  if (rows.length > 0) await utils.forceUnlockWorkers(rows.map((row) => row.worker));
};

/** Looks for jobs of processes that are gone: at the start, and then every ten seconds. */
export const createRescuer = ({ pool, log }: { pool: Pool; log: Logger }): Part => {
  let utils: WorkerUtils | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    name: 'rescuer',
    async start() {
      const made = (utils = await makeWorkerUtils({ pgPool: pool, logger: silent }));
      await rescue(pool, made);
      timer = setInterval(() => void rescue(pool, made).catch((error: unknown) => log.warn({ err: error }, 'jobs of gone processes could not be looked for')), RESCUE_MS);
    },
    async stop() {
      clearInterval(timer);
      await utils?.release();
    },
  };
};
