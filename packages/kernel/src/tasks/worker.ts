import { Logger as GraphileLogger, makeWorkerUtils, run, runMigrations, type Runner, type RunnerOptions, type TaskList, type WorkerUtils } from 'graphile-worker';
import type { Pool } from 'pg';
import type { Part } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Attempt } from './define-task.ts';

/** Postgres tells of new jobs at once; this only finds those whose time has come. */
const POLL_MS = 1_000;
/** How often jobs of processes that died are looked for. */
const RESCUE_MS = 10_000;

export type Runs = Readonly<Record<string, (payload: unknown, attempt: Attempt) => Promise<void>>>;

/** A job at fixed times, in cron's words, UTC: every full hour is `{ match: '0 * * * *' }`. */
export interface Cron {
  readonly task: string;
  readonly match: string;
}

const silent = new GraphileLogger(() => () => undefined);
const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'debug' } as const;

/** Creates the queue's own tables; must have run before anything can be enqueued. */
export const prepareQueue = (pool: Pool): Promise<void> => runMigrations({ pgPool: pool, logger: silent });

/**
 * Gives out again the jobs of processes that are gone. A process is there as long as Postgres sees a connection under
 * its name; the queue itself would wait four hours.
 */
const rescue = async (pool: Pool, utils: WorkerUtils): Promise<void> => {
  const { rows } = await pool.query<{ worker: string }>(`
    select distinct locked_by as worker from graphile_worker.jobs
    where locked_by is not null
      and locked_by not in (select application_name from pg_stat_activity where datname = current_database())`);
  if (rows.length > 0) await utils.forceUnlockWorkers(rows.map((row) => row.worker));
};

/**
 * Works on the jobs in the subgraph's own database, one at a time in each process. `processName` is the
 * `application_name` of the pool's connections.
 */
export const createWorker = (options: { pool: Pool; processName: string; runs: Runs; crons: readonly Cron[]; log: Logger }): Part => {
  const { pool, processName, runs, crons, log } = options;
  const taskList: TaskList = Object.fromEntries(
    Object.entries(runs).map(([name, runTask]) => [
      name,
      (payload, { job, abortSignal }) => runTask(payload, { number: job.attempts, last: job.attempts >= job.max_attempts, signal: abortSignal }),
    ]),
  );
  let runner: Runner | undefined;
  let utils: WorkerUtils | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    name: 'worker',
    async start() {
      utils = await makeWorkerUtils({ pgPool: pool, logger: silent });
      await rescue(pool, utils);
      const rescuer = utils;
      timer = setInterval(() => void rescue(pool, rescuer).catch((error: unknown) => log.warn({ err: error }, 'jobs of gone processes could not be looked for')), RESCUE_MS);
      const named: RunnerOptions & { workerId: string } = {
        pgPool: pool,
        taskList,
        // One worker, under the name by which others see whether it lives; the types of `run` do not know the option.
        concurrency: 1,
        workerId: processName,
        pollInterval: POLL_MS,
        noHandleSignals: true,
        crontab: crons.map(({ match, task }) => `${match} ${task}`).join('\n'),
        logger: new GraphileLogger(() => (level, message, meta) => log[levels[level]]({ ...meta }, message)),
      };
      runner = await run(named);
    },
    async stop() {
      clearInterval(timer);
      await runner?.stop();
      await utils?.release();
    },
  };
};
