import { Logger as GraphileLogger, type Job } from 'graphile-worker';
import type { Logger } from '../runtime/logger.ts';

const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'debug' } as const;

export const silent = new GraphileLogger(() => () => undefined);

/** What may be told of a job: its payload may name people, so it stays in the database. */
const told = (job: Job) => ({ id: job.id, task: job.task_identifier, attempt: job.attempts });

const isJob = (value: unknown): value is Job => typeof value === 'object' && value !== null && 'task_identifier' in value;

const metaOf = ({ job, error, duration, workerId }: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...(isJob(job) && { job: told(job) }),
  ...(error !== undefined && { err: error }),
  ...(duration !== undefined && { durationMs: duration }),
  ...(workerId !== undefined && { workerId: workerId }),
});

/** The queue's log lines in the log of the process. */
export const queueLog = (log: Logger): GraphileLogger => new GraphileLogger((scope) => (level, message, meta = {}) => log[levels[level]](metaOf({ ...scope, ...meta }), message));
