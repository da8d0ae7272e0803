import { Problem, requireUser } from '@buffrsign/kernel';
import type { WorkflowExecution } from '../__generated__/prisma/client.ts';
import type { Context, Tx } from '../context.ts';
import { hasEnded, transitions, type Act } from '../domain/execution.ts';
import { executionCancelled } from '../events.ts';
import { advanceExecution } from '../tasks/definitions.ts';
import { claimExecution, type ClaimedExecution } from './claims.ts';
import { executionStands, type ExecutionStatusRefusal } from './refusals.ts';
import { sayOf } from './say-of.ts';
import { settleApproval } from './settle-approval.ts';

type Steered<Success> = { readonly __typename: Success; readonly execution: WorkflowExecution } | ExecutionStatusRefusal;
interface Which {
  readonly id: string;
}

const words = { pause: 'be paused', resume: 'be resumed', cancel: 'be cancelled' } satisfies Partial<Record<Act, string>>;

/** Moves an execution by the table of its states, and does what belongs to the move. */
const steer =
  <Success extends string>(success: Success, act: keyof typeof words, also: (tx: Tx, execution: ClaimedExecution, actorId: string) => Promise<void>) =>
  (ctx: Context, { id }: Which): Promise<Steered<Success>> =>
    ctx.transaction(async (tx) => {
      const { id: actorId, organizationId } = requireUser(ctx.actor);
      const present = await claimExecution(tx, id);
      if (present?.organizationId !== organizationId) throw new Problem('NOT_FOUND');
      const status = transitions[present.status][act];
      if (!status) return executionStands(present.status, words[act]);
      await also(tx, present, actorId);
      const execution = await tx.db.workflowExecution.update({ where: { id }, data: { status, ...(hasEnded(status) && { endedAt: tx.now }) } });
      return { __typename: success, execution };
    });

const cancelSteps = async (tx: Tx, execution: ClaimedExecution, cancelledBy: string): Promise<void> => {
  // Approvals before steps, as a decision takes them: the other way round, the two could wait for each other.
  const expired = await tx.db.approval.updateManyAndReturn({ where: { stepExecution: { executionId: execution.id }, status: 'PENDING' }, data: { status: 'EXPIRED', decidedAt: tx.now } });
  await tx.db.stepExecution.updateMany({ where: { executionId: execution.id, status: { in: ['PENDING', 'WAITING'] } }, data: { status: 'CANCELLED', endedAt: tx.now } });
  for (const approval of expired) await settleApproval(tx, approval, 'EXPIRED');
  await tx.publish(executionCancelled, ...sayOf(execution, { cancelledBy }));
};

export const pauseWorkflow = steer('PauseWorkflowSuccess', 'pause', () => Promise.resolve());
export const resumeWorkflow = steer('ResumeWorkflowSuccess', 'resume', (tx, { id }) => tx.enqueue(advanceExecution, { executionId: id }));
export const cancelWorkflow = steer('CancelWorkflowSuccess', 'cancel', cancelSteps);
