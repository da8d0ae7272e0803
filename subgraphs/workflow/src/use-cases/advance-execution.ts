import type { Tx } from '../context.ts';
import { nextMove } from '../domain/execution.ts';
import { executionCompleted, executionFailed } from '../events.ts';
import { claimExecution, type ClaimedExecution } from './claims.ts';
import { runStep } from './run-step.ts';
import { sayOf } from './say-of.ts';

const fail = async (tx: Tx, execution: ClaimedExecution, failure: string): Promise<void> => {
  const { id } = execution;
  await tx.db.stepExecution.updateMany({ where: { executionId: id, status: 'PENDING' }, data: { status: 'CANCELLED', endedAt: tx.now } });
  await tx.db.workflowExecution.update({ where: { id }, data: { status: 'FAILED', failure, endedAt: tx.now } });
  await tx.publish(executionFailed, ...sayOf(execution, { failure }));
};

const complete = async (tx: Tx, execution: ClaimedExecution): Promise<void> => {
  await tx.db.workflowExecution.update({ where: { id: execution.id }, data: { status: 'COMPLETED', endedAt: tx.now } });
  await tx.publish(executionCompleted, ...sayOf(execution, {}));
};

/**
 * Lets an execution go on until it waits or ends. All that its steps do is in this one transaction, so a step happens
 * once, whoever asks and however often.
 */
export const advanceExecution = async (tx: Tx, executionId: string): Promise<void> => {
  const execution = await claimExecution(tx, executionId);
  if (execution?.status !== 'PENDING' && execution?.status !== 'RUNNING') return;
  await tx.db.workflowExecution.update({ where: { id: executionId }, data: { status: 'RUNNING', startedAt: execution.startedAt ?? tx.now } });
  for (;;) {
    const steps = await tx.db.stepExecution.findMany({ where: { executionId }, orderBy: { position: 'asc' } });
    const move = nextMove(steps);
    if (move.kind === 'WAIT') return;
    if (move.kind === 'FAIL') return fail(tx, execution, `Step ${move.step.position}, “${move.step.name}”: ${move.step.note ?? 'it could not be done.'}`);
    if (move.kind === 'COMPLETE') return complete(tx, execution);
    await runStep(tx, execution, move.step);
  }
};
