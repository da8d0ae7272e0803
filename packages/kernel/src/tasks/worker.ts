import { run, runMigrations, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import type { Part } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Attempt } from './define-task.ts';
import { within } from '../telemetry/scope.ts';
import { queueLog, silent } from './queue-log.ts';
import { workerNameOf } from './rescue.ts';

/** Postgres tells of new jobs at once; this only finds those whose time has come. */
const POLL_MS = 1_000;
const RELAUNCH_MS = 1_000;

export type Runs = Readonly<Record<string, (payload: unknown, attempt: Attempt) => Promise<void>>>;

/** A job at fixed times, in cron's words, UTC: every full hour is `{ match: '0 * * * *' }`. */
export interface Cron {
  readonly task: string;
  readonly match: string;
}

export interface WorkerOptions {
  /** What this worker is for, within its process. */
  readonly name: string;
  readonly pool: Pool;
  /** The `application_name` of the pool's connections. */
  readonly processName: string;
  readonly runs: Runs;
  readonly crons?: readonly Cron[];
  readonly log: Logger;
  /** Told of each attempt that is over. */
  readonly worked?: ((task: string, outcome: 'ok' | 'failed' | 'parked') => void) | undefined;
}

/** Creates the queue's own tables; must have run before anything can be enqueued. */
export const prepareQueue = (pool: Pool): Promise<void> => runMigrations({ pgPool: pool, logger: silent });

const taskListOf = (runs: Runs): TaskList =>
  Object.fromEntries(
    Object.entries(runs).map(([name, runTask]) => [
      name,
      (payload, { job, abortSignal }) => within({ job: String(job.id) }, runTask, payload, { number: job.attempts, last: job.attempts >= job.max_attempts, signal: abortSignal }),
    ]),
  );

/**
 * Makes the queue hold jobs under a name from which others see whether the process lives. By itself it would take a
 * random one, and the first rescuer to come by would give out a job that is still running.
 */
const eventsUnder = (name: string, worked: WorkerOptions['worked']): WorkerEvents => {
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => (workerPool.id = name));
  if (worked) {
    events.on('job:success', ({ job }) => worked(job.task_identifier, 'ok'));
    events.on('job:error', ({ job }) => worked(job.task_identifier, job.attempts >= job.max_attempts ? 'parked' : 'failed'));
  }
  return events;
};

/** Works on jobs of some kinds in the subgraph's own database, one at a time. */
export const createWorker = ({ name, pool, processName, runs, crons = [], log, worked }: WorkerOptions): Part => {
  let runner: Runner | undefined;
  let again: NodeJS.Timeout | undefined;
  let stopped = false;
  let works = false;

  const launch = async (): Promise<void> => {
    runner = await run({
      pgPool: pool,
      taskList: taskListOf(runs),
      events: eventsUnder(workerNameOf(processName, name), worked),
      concurrency: 1,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      crontab: crons.map(({ match, task }) => `${match} ${task}`).join('\n'),
      logger: queueLog(log),
    });
    works = true;
    // A database that was away too long ends a worker; the process goes on, and so must its jobs.
    runner.promise.catch(relaunch);
  };

  const relaunch = (error: unknown): void => {
    works = false;
    if (stopped) return;
    log.error({ err: error, worker: name }, 'a worker ended; starting it again');
    again = setTimeout(() => void launch().catch(relaunch), RELAUNCH_MS);
  };

  return {
    name: `worker of ${name}`,
    start: launch,
    check: { failure: `The worker of ${name} ended and is being started again.`, run: () => (works ? Promise.resolve() : Promise.reject(new Error('ended'))) },
    async stop() {
      stopped = true;
      clearTimeout(again);
      await runner?.stop();
    },
  };
};
