import type { Envelope, Recipient, Sealing, SealingStepKind, SignatureLevel } from '../../__generated__/prisma/client.ts';
import type { Tx } from '../../context.ts';
import { levelNames } from '../../domain/level.ts';
import { isOver, openingSteps } from '../../domain/sealing-plan.ts';
import { sealingProgressed } from '../../events.ts';
import { enqueueSealing } from '../../tasks/definitions.ts';
import type { LockedEnvelope } from '../envelope-row.ts';
import { about, envelopeData } from '../facts.ts';

/** Says where a sealing stands. */
export const saySealing = (tx: Tx, envelope: Envelope, sealing: Sealing): Promise<void> => {
  const { state, reason, signaturesApplied, signaturesExpected, levelRequired, levelReached, timestampAuthority } = sealing;
  return tx.publish(sealingProgressed, about(envelope), {
    ...envelopeData(envelope),
    state,
    reason,
    signaturesApplied,
    signaturesExpected,
    levelRequired: levelRequired && levelNames[levelRequired],
    levelReached: levelReached && levelNames[levelReached],
    timestampAuthority,
  });
};

/** Plans revisions after those that are planned. The envelope is locked, so no two take the same place. */
export const planSteps = async (tx: Tx, { id: envelopeId, organizationId }: Envelope, steps: readonly { readonly kind: SealingStepKind; readonly recipientId?: string }[]): Promise<void> => {
  const planned = await tx.db.sealingStep.count({ where: { envelopeId } });
  await tx.db.sealingStep.createMany({ data: steps.map((step, index) => ({ ...step, envelopeId, organizationId, position: planned + index })) });
};

/** The sealing begins in the very transaction that sends, so it cannot be forgotten. */
export const beginSealing = async (tx: Tx, envelope: LockedEnvelope, { documentSigned, level }: { readonly documentSigned: boolean; readonly level: SignatureLevel }): Promise<void> => {
  const { id: envelopeId, organizationId, recipients } = envelope;
  const sealing = await tx.db.sealing.create({
    data: { envelopeId, organizationId, state: 'PREPARING', attempts: 0, queuedAt: tx.now, changedAt: tx.now, levelRequired: level, signaturesExpected: recipients.length, signaturesApplied: 0 },
  });
  await planSteps(tx, envelope, openingSteps(documentSigned).map((kind) => ({ kind })));
  await saySealing(tx, envelope, sealing);
  await enqueueSealing(tx, envelopeId);
};

/** Leaves the signature of a recipient to be appended, after those of all who signed before. */
export const planSignature = async (tx: Tx, envelope: Envelope, recipient: Recipient): Promise<void> => {
  await planSteps(tx, envelope, [{ kind: 'SIGNER', recipientId: recipient.id }]);
  await enqueueSealing(tx, envelope.id);
};

/** There will be no sealed PDF. Whatever attempt is under way changes nothing any more. */
export const endSealing = async (tx: Tx, envelope: Envelope): Promise<void> => {
  const sealing = await tx.db.sealing.findUnique({ where: { envelopeId: envelope.id } });
  if (!sealing || isOver(sealing.state)) return;
  const ended = await tx.db.sealing.update({ where: { envelopeId: envelope.id }, data: { state: 'ENDED', reason: null, nextAttemptAt: null, changedAt: tx.now } });
  await saySealing(tx, envelope, ended);
};
