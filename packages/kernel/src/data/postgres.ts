import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { Logger } from '../runtime/logger.ts';

/** Longer than any query of ours should take; a query that runs away gives its connection back. */
const STATEMENT_TIMEOUT_MS = 15_000;
const IDLE_TIMEOUT_MS = 10_000;

/** One pool for a subgraph's queries, jobs and messages. `processName` is how Postgres, and other processes, know this one. */
export const createPool = (options: { url: string; size: number; processName: string; log: Logger }): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.size,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: options.processName,
  });
  // A connection that breaks is replaced at the next use; without a listener it would end the process.
  const onBroken = (error: Error) => options.log.warn({ err: error }, 'a connection to Postgres broke');
  pool.on('error', onBroken);
  pool.on('connect', (client) => client.on('error', onBroken));
  return pool;
};

export const createAdapter = (pool: pg.Pool): PrismaPg => new PrismaPg(pool);
