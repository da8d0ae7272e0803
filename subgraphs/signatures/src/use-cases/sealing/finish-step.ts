import type { StoredFile } from '@buffrsign/files';
import type { Prisma, Sealing, SignatureLevel } from '../../__generated__/prisma/client.ts';
import type { Tools, Tx } from '../../context.ts';
import { levelNames } from '../../domain/level.ts';
import { closingSteps } from '../../domain/sealing-plan.ts';
import { retryAfterSeconds } from '../../domain/sealing-retry.ts';
import { envelopeCompleted } from '../../events.ts';
import type { FieldSizes, Revision } from '../../sealing/engine.ts';
import { enqueueSealing } from '../../tasks/definitions.ts';
import { moveEnvelope, type LockedEnvelope } from '../envelope-row.ts';
import { about, envelopeData, recipientData } from '../facts.ts';
import { lockSealing, showState, type Attempt } from './claim-step.ts';
import { planSteps, saySealing } from './plan-steps.ts';

/** What came of a step: where its file is, and what its revision proves. */
export type Made = StoredFile & Omit<Revision, 'pdf'> & { readonly fieldSizes?: FieldSizes };

const markDone = async (tx: Tx, { claim, envelope, step }: Attempt, made: Made): Promise<boolean> => {
  const { sha256, size, level, timestamp, certificate, fieldSizes } = made;
  const { count } = await tx.db.sealingStep.updateMany({
    where: { envelopeId: envelope.id, position: step.position, claim, doneAt: null },
    data: {
      claim: null,
      doneAt: tx.now,
      sha256,
      size,
      level,
      ...(fieldSizes && { fieldSizes: fieldSizes as unknown as Prisma.InputJsonValue }),
      ...(timestamp && { timestampAuthority: timestamp.authority, timestampedAt: timestamp.at }),
      ...(certificate && { certificate: new Uint8Array(certificate.der), certificateSerial: certificate.serialNumber, certificateSubject: certificate.subject }),
    },
  });
  return count === 1;
};

/** What the fact says of the signatures: whose, and by which certificates. */
const signaturesOf = async (tx: Tx, envelopeId: string) => {
  const steps = await tx.db.sealingStep.findMany({ where: { envelopeId, kind: 'SIGNER' }, orderBy: { position: 'asc' }, omit: { certificate: true } });
  return steps.map(({ recipientId, certificateSerial, timestampAuthority, timestampedAt }) => ({
    recipientId: recipientId ?? '',
    certificateSerial,
    timestampAuthority,
    timestampedAt: timestampedAt?.toISOString() ?? null,
  }));
};

/** Makes the sealed PDF known and completes the envelope. @throws Error when the level is not the required one: never sealed with less. */
const complete = async (tx: Tx, envelope: LockedEnvelope, { sha256, size, level }: Made, required: SignatureLevel): Promise<void> => {
  if (level !== required) throw new Error(`The last revision of envelope ${envelope.id} is of level ${level}, not ${required}.`);
  const sealed = await tx.db.sealing.update({
    where: { envelopeId: envelope.id },
    data: { state: 'SEALED', sha256, size, levelReached: level, sealedAt: tx.now, changedAt: tx.now, reason: null, nextAttemptAt: null },
  });
  await moveEnvelope(tx, envelope, 'COMPLETED', { completedAt: tx.now });
  await saySealing(tx, envelope, sealed);
  await tx.publish(envelopeCompleted, about(envelope), {
    ...envelopeData(envelope),
    recipients: envelope.recipients.map(recipientData),
    sha256,
    size,
    completedAt: tx.now.toISOString(),
    level: levelNames[level],
    documentSha256: envelope.documentSha256 ?? '',
    originalSha256: envelope.originalSha256 ?? envelope.documentSha256 ?? '',
    signatures: await signaturesOf(tx, envelope.id),
  });
};

/** What follows a step: the next one that is planned, what closes the PDF when all have signed, or the end. */
const goOn = async (tx: Tx, envelope: LockedEnvelope, sealing: Sealing, made: Made, level: SignatureLevel): Promise<void> => {
  const { id: envelopeId, state } = envelope;
  const steps = await tx.db.sealingStep.findMany({ where: { envelopeId }, select: { kind: true, doneAt: true } });
  if (steps.some(({ doneAt }) => doneAt === null)) return;
  if (state !== 'SIGNED') return showState(tx, envelope, sealing, 'SIGNING');
  const missing = closingSteps(level).filter((kind) => !steps.some((step) => step.kind === kind));
  if (missing.length > 0) return planSteps(tx, envelope, missing.map((kind) => ({ kind })));
  return complete(tx, envelope, made, level);
};

/**
 * Makes what came of a step visible, all of it in this one transaction, and plans what follows. False when the attempt
 * was overtaken or the envelope ended: then nothing changes.
 */
export const finishStep = (tools: Tools, attempt: Attempt, made: Made): Promise<boolean> =>
  tools.transaction(async (tx) => {
    const locked = await lockSealing(tx, attempt.envelope.id);
    if (!locked || !(await markDone(tx, attempt, made))) return false;
    const signed = attempt.step.kind === 'SIGNER';
    const sealing = await tx.db.sealing.update({
      where: { envelopeId: attempt.envelope.id },
      data: { ...(signed && { signaturesApplied: { increment: 1 } }), ...(made.timestamp && { timestampAuthority: made.timestamp.authority }) },
    });
    if (signed) await saySealing(tx, locked.envelope, sealing);
    await goOn(tx, locked.envelope, sealing, made, attempt.level);
    return true;
  });

/** Says why sealing waits and leaves the next attempt for later, if this attempt still holds the step. */
export const postponeStep = (tools: Tools, { claim, envelope, step }: Attempt, reason: string): Promise<void> =>
  tools.transaction(async (tx) => {
    const locked = await lockSealing(tx, envelope.id);
    const { count } = await tx.db.sealingStep.updateMany({ where: { envelopeId: envelope.id, position: step.position, claim, doneAt: null }, data: { claim: null } });
    if (!locked || count === 0) return;
    const nextAttemptAt = new Date(tx.now.getTime() + retryAfterSeconds(locked.sealing.attempts, tools.services.retrySchedule) * 1000);
    const waiting = await tx.db.sealing.update({ where: { envelopeId: envelope.id }, data: { state: 'WAITING', reason, nextAttemptAt, changedAt: tx.now } });
    await saySealing(tx, locked.envelope, waiting);
    await enqueueSealing(tx, envelope.id, nextAttemptAt);
  });
