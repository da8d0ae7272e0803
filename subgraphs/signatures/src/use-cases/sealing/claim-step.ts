import type { Sealing, SealingState, SealingStepKind, SignatureLevel } from '../../__generated__/prisma/client.ts';
import type { Tools, Tx } from '../../context.ts';
import { isOver, settledAt, stateOfStep } from '../../domain/sealing-plan.ts';
import { enqueueSealing } from '../../tasks/definitions.ts';
import { lockEnvelope, type LockedEnvelope } from '../envelope-row.ts';
import { saySealing } from './plan-steps.ts';

/** One attempt at one step. Only the attempt whose claim stands on the row may finish it. */
export interface Attempt {
  readonly claim: string;
  readonly envelope: LockedEnvelope;
  readonly step: { readonly position: number; readonly kind: SealingStepKind; readonly recipientId: string | null };
  /** The file that the step appends to. */
  readonly previousSha256: string;
  readonly level: SignatureLevel;
}

/** The sealing of an envelope, and nobody else changes it until this transaction ends; null when nothing more comes of it. */
export const lockSealing = async (tx: Tx, envelopeId: string): Promise<{ readonly sealing: Sealing; readonly envelope: LockedEnvelope } | null> => {
  const known = await tx.db.sealing.findUnique({ where: { envelopeId } });
  if (!known) return null;
  const envelope = await lockEnvelope(tx, { id: envelopeId, organizationId: known.organizationId });
  const sealing = await tx.db.sealing.findUniqueOrThrow({ where: { envelopeId } });
  return isOver(sealing.state) ? null : { sealing, envelope };
};

/** Shows a state; says it only when it is another one. */
export const showState = async (tx: Tx, envelope: LockedEnvelope, before: Sealing, state: SealingState, more: Partial<Sealing> = {}): Promise<void> => {
  const changed = before.state !== state;
  const sealing = await tx.db.sealing.update({ where: { envelopeId: envelope.id }, data: { reason: null, nextAttemptAt: null, ...more, state, ...(changed && { changedAt: tx.now }) } });
  if (changed) await saySealing(tx, envelope, sealing);
};

const stepsOf = (tx: Tx, envelopeId: string) => tx.db.sealingStep.findMany({ where: { envelopeId }, orderBy: { position: 'asc' }, omit: { certificate: true } });

/**
 * Takes over the first step of an envelope that is not done; null when there is none, or its time has not come. An
 * attempt that holds it already is overtaken.
 */
export const claimStep = (tools: Tools, envelopeId: string, claim: string): Promise<Attempt | null> =>
  tools.transaction(async (tx) => {
    const locked = await lockSealing(tx, envelopeId);
    if (!locked) return null;
    const { envelope, sealing } = locked;
    const steps = await stepsOf(tx, envelopeId);
    const step = steps.find(({ doneAt }) => doneAt === null);
    if (!step) return null;
    const state = stateOfStep[step.kind];
    const settled = step.kind === 'LTV' ? settledAt(steps) : tx.now;
    if (tx.now < settled) {
      await showState(tx, envelope, sealing, state, { nextAttemptAt: settled });
      await enqueueSealing(tx, envelopeId, settled);
      return null;
    }
    const attempts = step.attempts + 1;
    const level = sealing.levelRequired ?? tools.services.sealLevel;
    const previousSha256 = steps[step.position - 1]?.sha256 ?? envelope.documentSha256 ?? '';
    await tx.db.sealingStep.update({ where: { envelopeId_position: { envelopeId, position: step.position } }, data: { claim, claimedAt: tx.now, attempts, previousSha256 } });
    await showState(tx, envelope, sealing, state, { attempts, levelRequired: level });
    return { claim, envelope, step, previousSha256, level };
  });

/** Shows that an attempt has come further; false when it was overtaken, or the envelope ended. */
export const passOn = (tools: Tools, { claim, envelope, step }: Attempt, state: SealingState): Promise<boolean> =>
  tools.transaction(async (tx) => {
    const locked = await lockSealing(tx, envelope.id);
    const held = await tx.db.sealingStep.count({ where: { envelopeId: envelope.id, position: step.position, claim, doneAt: null } });
    if (!locked || held === 0) return false;
    await showState(tx, locked.envelope, locked.sealing, state);
    return true;
  });
