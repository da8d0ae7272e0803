import type { Tx } from '../context.ts';
import { envelopeVoided } from '../events.ts';
import { moveEnvelope, type LockedEnvelope } from './envelope-row.ts';
import { about, envelopeData, recipientData } from './facts.ts';
import { endSealing } from './sealing/plan-steps.ts';

/** Ends an envelope before all have signed: taken back, or expired. Nobody is asked any more and no link opens. */
export const endEnvelope = async (tx: Tx, envelope: LockedEnvelope, state: 'VOIDED' | 'EXPIRED', reason: string): Promise<void> => {
  await moveEnvelope(tx, envelope, state, { endedAt: tx.now, endReason: reason });
  const data = { ...envelopeData(envelope), recipients: envelope.recipients.map(recipientData), reason, expired: state === 'EXPIRED', voidedAt: tx.now.toISOString() };
  await endSealing(tx, envelope);
  await tx.publish(envelopeVoided, about(envelope), data);
};
