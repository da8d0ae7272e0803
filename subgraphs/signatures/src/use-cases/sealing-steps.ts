import type { StoredFile } from '@buffrsign/files';
import type { Envelope, SealingState } from '../__generated__/prisma/client.ts';
import type { Tools, Tx } from '../context.ts';
import { retryAfterSeconds } from '../domain/sealing-retry.ts';
import { envelopeCompleted, sealingProgressed } from '../events.ts';
import { enqueueSealing } from '../tasks/definitions.ts';
import { lockEnvelope, moveEnvelope } from './envelope-row.ts';
import { about, envelopeData, recipientData } from './facts.ts';

const say = (tx: Tx, envelope: Envelope, state: SealingState, reason: string | null = null): Promise<void> =>
  tx.publish(sealingProgressed, about(envelope), { ...envelopeData(envelope), state, reason });

/** Takes the sealing of an envelope over for one attempt; null when there is nothing to seal. */
export const claimSealing = (tools: Tools, envelopeId: string, claim: string): Promise<Envelope | null> =>
  tools.transaction(async (tx) => {
    const { count } = await tx.db.sealing.updateMany({
      where: { envelopeId, state: { not: 'SEALED' }, envelope: { state: 'SIGNED' } },
      data: { state: 'STAMPING', claim, attempts: { increment: 1 }, reason: null, changedAt: tx.now },
    });
    if (count === 0) return null;
    const envelope = await tx.db.envelope.findUniqueOrThrow({ where: { id: envelopeId } });
    await say(tx, envelope, 'STAMPING');
    return envelope;
  });

/** Goes on to the next state, if this attempt still holds the sealing. */
export const passOn = (tools: Tools, envelope: Envelope, claim: string, from: SealingState, to: SealingState): Promise<boolean> =>
  tools.transaction(async (tx) => {
    const { count } = await tx.db.sealing.updateMany({ where: { envelopeId: envelope.id, state: from, claim }, data: { state: to, changedAt: tx.now } });
    if (count === 1) await say(tx, envelope, to);
    return count === 1;
  });

/** Makes the sealed PDF known and completes the envelope: once, whoever else is at it. */
export const finishSealing = (tools: Tools, { id, organizationId }: Envelope, claim: string, { sha256, size }: StoredFile): Promise<void> =>
  tools.transaction(async (tx) => {
    const envelope = await lockEnvelope(tx, { id, organizationId });
    const { count } = await tx.db.sealing.updateMany({
      where: { envelopeId: id, state: 'SIGNING', claim },
      data: { state: 'SEALED', claim: null, sha256, size, sealedAt: tx.now, changedAt: tx.now },
    });
    if (count === 0) return;
    await moveEnvelope(tx, envelope, 'COMPLETED', { completedAt: tx.now });
    await say(tx, envelope, 'SEALED');
    const recipients = envelope.recipients.map(recipientData);
    await tx.publish(envelopeCompleted, about(envelope), { ...envelopeData(envelope), recipients, sha256, size, completedAt: tx.now.toISOString() });
  });

/** Says why sealing waits and leaves the next attempt for later, if this attempt still holds the sealing. */
export const postponeSealing = (tools: Tools, envelope: Envelope, claim: string, reason: string): Promise<void> =>
  tools.transaction(async (tx) => {
    const { count } = await tx.db.sealing.updateMany({ where: { envelopeId: envelope.id, claim, state: { not: 'SEALED' } }, data: { state: 'WAITING', claim: null, reason, changedAt: tx.now } });
    if (count === 0) return;
    const { attempts } = await tx.db.sealing.findUniqueOrThrow({ where: { envelopeId: envelope.id } });
    await say(tx, envelope, 'WAITING', reason);
    await enqueueSealing(tx, envelope.id, new Date(tx.now.getTime() + retryAfterSeconds(attempts) * 1000));
  });
