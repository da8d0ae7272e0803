import { createHash } from 'node:crypto';
import { Problem } from '../errors/problem.ts';
import type { Transaction } from './transaction.ts';

/** Which act, by whom, with which key and input. */
export interface Act {
  readonly actorId: string;
  /** For whom the actor acts; null before there is an organization. The same person's key in another one is another act's. */
  readonly organizationId: string | null;
  readonly operation: string;
  readonly key: string;
  readonly input: unknown;
}

interface KeyRow {
  readonly input: string;
  readonly outcome: unknown;
}

const digestOf = (input: unknown): string => createHash('sha256').update(JSON.stringify(input)).digest('hex');

/**
 * Does an act once: a repetition with the same key gets the first outcome, also when both come at the same moment. The
 * outcome is kept as JSON, so it holds ids, not rows. Refusals thrown inside leave the key unused.
 *
 * @throws Problem IDEMPOTENCY_KEY_REUSED when the key was used with other input, or for another organization.
 */
export const once = async <Outcome>(tx: Transaction<unknown>, act: Act, work: () => Promise<Outcome>): Promise<Outcome> => {
  const digest = digestOf([act.organizationId, act.input]);
  // The row's unique key makes a simultaneous second call wait here until the first has committed or failed.
  const claimed = await tx.sql.$executeRaw`
    insert into "IdempotencyKey" ("actorId", operation, key, input, outcome, "createdAt")
    values (${act.actorId}, ${act.operation}, ${act.key}, ${digest}, 'null'::jsonb, ${tx.now}) on conflict do nothing`;
  if (claimed === 0) {
    const [row] = await tx.sql.$queryRaw<KeyRow[]>`select input, outcome from "IdempotencyKey" where "actorId" = ${act.actorId} and operation = ${act.operation} and key = ${act.key}`;
    if (row?.input !== digest) throw new Problem('IDEMPOTENCY_KEY_REUSED');
    return row.outcome as Outcome;
  }
  const outcome = await work();
  await tx.sql.$executeRaw`update "IdempotencyKey" set outcome = ${JSON.stringify(outcome)}::jsonb where "actorId" = ${act.actorId} and operation = ${act.operation} and key = ${act.key}`;
  return outcome;
};
