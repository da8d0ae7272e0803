import type { Envelope } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { sealingProgressed } from '../events.ts';
import { enqueueSealing } from '../tasks/definitions.ts';
import { moveEnvelope } from './envelope-row.ts';
import { about, envelopeData } from './facts.ts';

/** All have signed: the sealing is queued in the very transaction of the last signature, so it cannot be forgotten. */
export const queueSealing = async (tx: Tx, envelope: Envelope): Promise<void> => {
  const { id: envelopeId, organizationId } = envelope;
  await moveEnvelope(tx, envelope, 'SIGNED', { signedAt: tx.now });
  await tx.db.sealing.create({ data: { envelopeId, organizationId, state: 'QUEUED', attempts: 0, queuedAt: tx.now, changedAt: tx.now } });
  await tx.publish(sealingProgressed, about(envelope), { ...envelopeData(envelope), state: 'QUEUED', reason: null });
  await enqueueSealing(tx, envelopeId);
};
