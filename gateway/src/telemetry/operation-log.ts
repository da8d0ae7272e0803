import type { Actor, Logger } from '@buffrsign/kernel/gateway';
import type { Observation, OperationOutcome } from './observation.ts';

/** A read that takes longer than this is told like an act: somebody waited. */
const SLOW_MS = 1_000;

/** Who, by ids only: names, addresses of mailboxes and tokens stay out. */
const whoOf = (actor: Actor | undefined): Record<string, string> => {
  if (!actor) return {};
  return actor.kind === 'anonymous' ? { actor: 'anonymous' } : { actor: actor.kind, actorId: actor.id, organizationId: actor.organizationId };
};

/** One line for each operation that is over: acts, errors and slow reads at `info`, other reads at `debug`. */
export const createOperationLog =
  (log: Logger) =>
  (observation: Observation, how: { readonly outcome: OperationOutcome; readonly status: number | undefined; readonly codes: readonly string[]; readonly ms: number }): void => {
    const { requestId, kind, name, actor, client, fetches, events, span } = observation;
    const { outcome, status, codes, ms } = how;
    const level = kind === 'query' && outcome === 'ok' && ms < SLOW_MS ? 'debug' : 'info';
    if (!log.isLevelEnabled(level)) return;
    log[level](
      {
        requestId,
        ...(span && { traceId: span.traceId }),
        ...(kind && { operation: kind }),
        ...(name !== undefined && { operationName: name }),
        ...whoOf(actor),
        clientAddress: client?.ip ?? null,
        ...(status !== undefined && { status }),
        outcome,
        ...(codes.length > 0 && { codes }),
        durationMs: Math.round(ms * 10) / 10,
        fetches,
        ...(kind === 'subscription' && { events }),
      },
      'operation',
    );
  };
