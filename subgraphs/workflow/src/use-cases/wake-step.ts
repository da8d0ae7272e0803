import type { Tx } from '../context.ts';
import { advanceExecution } from '../tasks/definitions.ts';

/** Ends the waiting of a step whose time has passed, unless its execution ended meanwhile. */
export const wakeStep = async (tx: Tx, stepId: string): Promise<void> => {
  const [step] = await tx.db.stepExecution.updateManyAndReturn({ where: { id: stepId, status: 'WAITING' }, data: { status: 'COMPLETED', endedAt: tx.now } });
  if (step) await tx.enqueue(advanceExecution, { executionId: step.executionId });
};
