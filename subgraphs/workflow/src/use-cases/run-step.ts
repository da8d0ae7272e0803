import type { StepExecution } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { judge, type KnownFacts } from '../domain/condition.ts';
import { stepOf, type ConditionDefinition } from '../domain/step.ts';
import { signalRaised } from '../events.ts';
import { wakeStep } from '../tasks/definitions.ts';
import { askForApproval } from './ask-for-approval.ts';
import type { ClaimedExecution } from './claims.ts';
import { sayOf } from './say-of.ts';

const HOUR_MS = 3_600_000;

const end = async (tx: Tx, { id }: StepExecution, status: 'COMPLETED' | 'FAILED', note: string | null): Promise<void> => {
  await tx.db.stepExecution.update({ where: { id }, data: { status, note, startedAt: tx.now, endedAt: tx.now } });
};

const wait = async (tx: Tx, { id }: StepExecution): Promise<void> => {
  await tx.db.stepExecution.update({ where: { id }, data: { status: 'WAITING', startedAt: tx.now } });
};

const factsOf = async (tx: Tx, { organizationId, subjectId }: ClaimedExecution): Promise<KnownFacts> => {
  const subject = await tx.db.subject.findFirst({ where: { id: subjectId, organizationId } });
  const document = subject && (await tx.db.subject.findFirst({ where: { id: subject.documentId, organizationId } }));
  return { pages: document?.pages ?? null, bytes: document?.bytes ?? null, recipients: subject?.recipients ?? null };
};

const branch = async (tx: Tx, execution: ClaimedExecution, step: StepExecution, condition: ConditionDefinition): Promise<void> => {
  const { holds, note } = judge(condition, await factsOf(tx, execution));
  if (holds === false) {
    const skipped = { gt: step.position, ...(condition.otherwiseGoTo !== null && { lt: condition.otherwiseGoTo }) };
    await tx.db.stepExecution.updateMany({ where: { executionId: execution.id, position: skipped }, data: { status: 'SKIPPED', endedAt: tx.now } });
  }
  await end(tx, step, holds === null ? 'FAILED' : 'COMPLETED', note);
};

/** Does a step whose turn has come: afterwards it waits or has ended. */
export const runStep = async (tx: Tx, execution: ClaimedExecution, step: StepExecution): Promise<void> => {
  const { definition } = stepOf(step);
  if (definition.kind === 'CONDITIONAL') return branch(tx, execution, step, definition);
  if (definition.kind === 'HUMAN_APPROVAL') {
    const { organizationId, id: executionId, subjectId } = execution;
    await askForApproval(tx, { organizationId, subjectId, executionId, stepExecutionId: step.id, requestedById: null, message: step.name, ...definition });
    return wait(tx, step);
  }
  if (definition.action === 'WAIT') {
    await tx.enqueue(wakeStep, { stepId: step.id }, { runAt: new Date(tx.now.getTime() + definition.hours * HOUR_MS) });
    return wait(tx, step);
  }
  await tx.publish(signalRaised, ...sayOf(execution, { signal: definition.signal }));
  return end(tx, step, 'COMPLETED', null);
};
