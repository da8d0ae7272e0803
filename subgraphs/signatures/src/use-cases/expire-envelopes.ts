import type { Tools } from '../context.ts';
import { openStates } from '../domain/envelope-state.ts';
import { endEnvelope } from './end-envelope.ts';
import { lockEnvelope } from './envelope-row.ts';

/** Envelopes looked at in one go. */
const BATCH = 100;

const isOverdue = (now: Date) => ({ state: { in: [...openStates] }, expiresAt: { lte: now } });

/** Expires every envelope whose time is over, each in a transaction of its own: one that resists holds up no other. */
export const expireEnvelopes = async (tools: Tools): Promise<void> => {
  let after = '';
  for (;;) {
    const overdue = await tools.db.envelope.findMany({ where: { id: { gt: after }, ...isOverdue(tools.now()) }, select: { id: true, organizationId: true }, orderBy: { id: 'asc' }, take: BATCH });
    for (const envelope of overdue) {
      await expire(tools, envelope).catch((error: unknown) => tools.log.error({ err: error, envelopeId: envelope.id }, 'an envelope could not be expired; it is tried again'));
      after = envelope.id;
    }
    if (overdue.length < BATCH) return;
  }
};

const expire = (tools: Tools, { id, organizationId }: { readonly id: string; readonly organizationId: string }): Promise<void> =>
  tools.transaction(async (tx) => {
    const envelope = await lockEnvelope(tx, { id, organizationId });
    // Signed, declined or voided since it was found: then there is nothing to expire.
    const still = await tx.db.envelope.count({ where: { id, ...isOverdue(tx.now) } });
    if (still === 1) await endEnvelope(tx, envelope, 'EXPIRED', 'The time to sign was over.');
  });
