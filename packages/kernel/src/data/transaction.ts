import type { EventData, EventDefinition } from '../messaging/define-event.ts';
import type { TaskDefinition, TaskPayload } from '../tasks/define-task.ts';
import { laneOf } from '../tasks/lanes.ts';
import { newId } from './ids.ts';
import type { InTransaction, PrismaLike, Sql } from './sql.ts';

/** When and how a job runs. */
export interface EnqueueOptions {
  /** Not before this moment; at once when left out. */
  readonly runAt?: Date;
  /** Jobs of one queue run one after another. Any number of names: behind them are few queues. */
  readonly queue?: string;
  /** A job with the same key that still waits is replaced instead of doubled. */
  readonly key?: string;
  /** Attempts before the job is parked. */
  readonly maxAttempts?: number;
}

/** What can be done inside a transaction: all of it happens, or none of it. */
export interface Transaction<Database> {
  readonly db: InTransaction<Database>;
  /** The same connection, for the kernel's own tables. */
  readonly sql: Sql;
  /** The one moment in which everything of this transaction happens. */
  readonly now: Date;
  /** Says a fact, once the transaction is committed. */
  publish<Definition extends EventDefinition>(event: Definition, about: { subject: string; organizationId: string }, data: EventData<Definition>): Promise<void>;
  /** Leaves a job for later, once the transaction is committed. */
  enqueue<Definition extends TaskDefinition>(task: Definition, payload: TaskPayload<Definition>, options?: EnqueueOptions): Promise<void>;
}

export type RunTransaction<Database> = <Result>(work: (tx: Transaction<Database>) => Promise<Result>) => Promise<Result>;

const MAX_WAIT_MS = 10_000;
const TIMEOUT_MS = 20_000;

const createTransaction = <Database>(tx: Sql, now: Date, onPublish: () => void): Transaction<Database> => ({
  db: tx as unknown as InTransaction<Database>,
  sql: tx,
  now,
  async publish(event, { subject, organizationId }, data) {
    const checked = JSON.stringify(event.schema.parse(data));
    await tx.$executeRaw`insert into "OutboxMessage" (id, type, subject, "organizationId", time, data) values (${newId('evt')}, ${event.name}, ${subject}, ${organizationId}, ${now}, ${checked}::jsonb)`;
    onPublish();
  },
  async enqueue(task, payload, { runAt, queue, key, maxAttempts } = {}) {
    const checked = JSON.stringify(task.schema.parse(payload));
    await tx.$queryRaw`select 1 as added from graphile_worker.add_job(${task.name}, ${checked}::json, queue_name => ${queue === undefined ? null : laneOf('jobs', queue)}, run_at => ${runAt ?? null}::timestamptz, max_attempts => ${maxAttempts ?? null}::int, job_key => ${key ?? null})`;
  },
});

/** Makes the way to run transactions on a database; `committed` is called after one that published something. */
export const createRunTransaction =
  <Database extends PrismaLike>(db: Database, now: () => Date, committed: () => void): RunTransaction<Database> =>
  async (work) => {
    let published = false;
    const result = await db.$transaction((tx) => work(createTransaction<Database>(tx, now(), () => (published = true))), { maxWait: MAX_WAIT_MS, timeout: TIMEOUT_MS });
    if (published) committed();
    return result;
  };
