import { z } from 'zod';
import type { Logger } from '../runtime/logger.ts';
import type { Sql } from '../data/sql.ts';
import type { EventDefinition, Fact } from './define-event.ts';
import { parseFact } from './define-event.ts';
import { laneOf } from '../tasks/lanes.ts';

/** What a subgraph does when it hears of a fact. Runs inside the transaction that marks the fact as handled. */
export interface Handler<Work> {
  readonly event: EventDefinition;
  handle(work: Work, fact: Fact): Promise<void>;
}

/** Ties a fact to what is done about it. Handlers may be called again after a failure, never after a success. */
export const on =
  <Work>() =>
  <Definition extends EventDefinition>(event: Definition, handle: (work: Work, fact: Fact<Definition>) => Promise<void>): Handler<Work> => ({
    event,
    handle: (work, fact) => handle(work, fact as Fact<Definition>),
  });

/** The job that handles one fact of the inbox. */
export const HANDLE_FACT = 'handle-fact';
const handleFactModel = z.object({ id: z.string() });

/** Attempts before a fact is parked: with the queue's growing pauses, about three days. */
const MAX_ATTEMPTS = 25;

interface InboxRow {
  readonly event: unknown;
  readonly type: string;
  readonly handledAt: Date | null;
}

/**
 * Takes a fact in: the row and the job that handles it, in one statement. A fact that came before changes nothing. Facts
 * about one subject are handled one after another.
 */
export const receiveFact = async (db: Sql, handlers: readonly Handler<never>[], fact: Fact, now: Date): Promise<void> => {
  if (!handlers.some((handler) => handler.event.name === fact.type)) return;
  await db.$queryRaw`
    with fresh as (
      insert into "InboxMessage" (id, type, subject, event, "receivedAt")
      values (${fact.id}, ${fact.type}, ${fact.subject}, ${JSON.stringify(fact)}::jsonb, ${now})
      on conflict (id) do nothing returning id)
    select 1 as added from fresh, lateral graphile_worker.add_job(
      ${HANDLE_FACT}, json_build_object('id', fresh.id), queue_name => ${laneOf('facts', fact.subject)}, max_attempts => ${MAX_ATTEMPTS}::int, job_key => 'fact:' || fresh.id)`;
};

/**
 * Handles one fact: claims its row, runs every handler for its kind and marks it, in one transaction. Ended anywhere,
 * nothing happened and it runs again.
 */
export const createFactTask = <Work extends { readonly sql: Sql; readonly now: Date }>(options: {
  handlers: readonly Handler<Work>[];
  transaction: (work: (tx: Work) => Promise<void>) => Promise<void>;
  log: Logger;
}) => {
  const { handlers, transaction, log } = options;
  return async (payload: unknown): Promise<void> => {
    const { id } = handleFactModel.parse(payload);
    await transaction(async (work) => {
      const [row] = await work.sql.$queryRaw<InboxRow[]>`select event, type, "handledAt" from "InboxMessage" where id = ${id} for update`;
      if (!row || row.handledAt) return;
      for (const handler of handlers) {
        if (handler.event.name === row.type) await handler.handle(work, parseFact(handler.event, row.event));
      }
      await work.sql.$executeRaw`update "InboxMessage" set "handledAt" = ${work.now} where id = ${id}`;
    });
    log.debug({ fact: id }, 'fact handled');
  };
};
