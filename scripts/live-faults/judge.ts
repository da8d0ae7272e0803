import * as events from '@buffrsign/signatures/events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../faults/database.ts';
import type { Seen } from './watcher.ts';

/** A fact as it was committed. */
export interface Committed {
  /** Its number in the log; nothing as long as it has none. */
  readonly sequence: bigint | undefined;
  /** As who follows the envelope is told: `RECIPIENT_COMPLETED`. */
  readonly kind: string;
}

const TYPES = Object.values(events).map(({ name }) => name);
/** Nothing has come to anybody for so long: what is missing is lost. */
const PATIENCE_MS = 90_000;

/** `signatures.recipient-completed.v1` → `RECIPIENT_COMPLETED` */
const kindOf = (type: string): string => type.split('.')[1]!.replaceAll('-', '_').toUpperCase();

export const committedOf = async (database: Database, envelopeId: string): Promise<readonly Committed[]> => {
  const rows = await database.query<{ sequence: string | null; type: string }>(`select sequence, type from "OutboxMessage" where subject = $1 and type = any($2) order by sequence nulls last`, [envelopeId, TYPES]);
  return rows.map(({ sequence, type }) => ({ sequence: sequence === null ? undefined : BigInt(sequence), kind: kindOf(type) }));
};

const isSettled = (committed: readonly Committed[]): boolean => committed.every(({ sequence }) => sequence !== undefined) && committed.some(({ kind }) => kind === 'ENVELOPE_COMPLETED');

const expectedOf = (seen: Seen, committed: readonly Committed[]): readonly Committed[] => committed.filter(({ sequence }) => seen.start !== undefined && sequence !== undefined && sequence > seen.start);

/** Waits until the envelope is completed and all were told of it, or until nobody is told anything any more. */
export const settle = async (database: Database, envelopeId: string, all: readonly Seen[]): Promise<readonly Committed[]> => {
  for (let [told, since] = [-1, performance.now()]; ; await pause(100)) {
    const committed = await committedOf(database, envelopeId);
    if (isSettled(committed) && all.every((seen) => seen.start !== undefined && seen.events.length >= expectedOf(seen, committed).length)) return committed;
    const now = committed.length + all.reduce((sum, { events: { length }, start }) => sum + length + (start === undefined ? 0 : 1), 0);
    if (now !== told) [told, since] = [now, performance.now()];
    if (performance.now() - since > PATIENCE_MS) return committed;
  }
};

/** What is wrong with what a watcher was told: it must be what was committed from its start on, in order, each once. */
export const faultsOf = (seen: Seen, committed: readonly Committed[]): string[] => {
  const who = `${seen.envelopeId} by ${seen.transport}, from ${seen.start}`;
  const write = (list: readonly { readonly sequence: bigint | undefined; readonly kind: string }[]): string => list.map(({ sequence, kind }) => `${sequence} ${kind}`).join(', ');
  const [expected, got] = [write(expectedOf(seen, committed)), write(seen.events)];
  return [
    ...seen.faults.map((fault) => `${who}: ${fault}`),
    ...(seen.start === undefined ? [`${who}: was never told where it stands`] : []),
    ...(isSettled(committed) ? [] : [`${who}: the envelope was not completed`]),
    ...(got === expected ? [] : [`${who}: was told [${got}] of [${expected}]`]),
  ];
};
