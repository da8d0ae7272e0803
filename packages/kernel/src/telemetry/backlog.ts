import type { Pool } from 'pg';

/** What waits in the database of one subgraph. */
export interface Backlog {
  readonly unsent: number;
  readonly lagSeconds: number;
  readonly unhandled: number;
  readonly jobs: readonly { readonly queue: 'facts' | 'jobs'; readonly state: string; readonly count: number }[];
}

/** Whoever asks for figures does not wait for a database that does not answer. */
const PATIENCE_MS = 2_000;

const within = async <Result>(work: Promise<Result>): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => (timer = setTimeout(() => reject(new Error(`The database did not answer within ${PATIENCE_MS} ms.`)), PATIENCE_MS)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const messages = `
  select count(*)::int as unsent, coalesce(extract(epoch from now() - min(time)), 0)::float as "lagSeconds",
    (select count(*)::int from "InboxMessage" where "handledAt" is null) as unhandled
  from "OutboxMessage" where "sentAt" is null`;

const jobs = `
  select queue, state, count(*)::int as count from (
    select case when task_identifier = 'handle-fact' then 'facts' else 'jobs' end as queue,
      case when locked_at is not null then 'running' when attempts >= max_attempts then 'parked'
        when attempts > 0 then 'retrying' when run_at > now() then 'scheduled' else 'ready' end as state
    from graphile_worker.jobs) as each
  group by queue, state`;

/** Queues and states that a job can be in; those without a job are told as 0. */
const places = (['facts', 'jobs'] as const).flatMap((queue) => ['ready', 'scheduled', 'running', 'retrying', 'parked'].map((state) => ({ queue, state })));

/** @throws Error when the database does not answer in time. */
export const readBacklog = (pool: Pool): Promise<Backlog> =>
  within(
    (async () => {
      const [said, held] = [await pool.query<Omit<Backlog, 'jobs'>>(messages), await pool.query<Backlog['jobs'][number]>(jobs)];
      const countOf = (queue: string, state: string): number => held.rows.find((row) => row.queue === queue && row.state === state)?.count ?? 0;
      return { ...said.rows[0]!, jobs: places.map(({ queue, state }) => ({ queue, state, count: countOf(queue, state) })) };
    })(),
  );
