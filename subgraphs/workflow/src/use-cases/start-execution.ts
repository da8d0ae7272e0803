import { newId } from '@buffrsign/kernel';
import type { WorkflowTrigger } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { stepOf } from '../domain/step.ts';
import { advanceExecution } from '../tasks/definitions.ts';

interface Start {
  readonly organizationId: string;
  readonly templateId: string;
  readonly subjectId: string;
  readonly trigger: WorkflowTrigger;
  readonly startedById: string | null;
}

/** Begins a run of a template with its steps as they are now; gives its id. */
export const startExecution = async (tx: Tx, start: Start): Promise<string> => {
  const { organizationId, templateId } = start;
  const id = newId('wfx');
  const steps = await tx.db.templateStep.findMany({ where: { templateId }, orderBy: { position: 'asc' } });
  await tx.db.workflowExecution.create({
    data: { id, ...start, status: 'PENDING', createdAt: tx.now, steps: { create: steps.map((step) => ({ id: newId('wfs'), organizationId, status: 'PENDING' as const, ...stepOf(step) })) } },
  });
  await tx.enqueue(advanceExecution, { executionId: id });
  return id;
};

/** Begins what the organization wants to begin by itself when something happens. */
export const startTriggered = async (tx: Tx, happened: Pick<Start, 'organizationId' | 'subjectId' | 'trigger'>): Promise<void> => {
  const { organizationId, trigger } = happened;
  const templates = await tx.db.workflowTemplate.findMany({ where: { organizationId, trigger, status: 'ACTIVE' }, orderBy: { id: 'asc' } });
  for (const { id: templateId } of templates) await startExecution(tx, { ...happened, templateId, startedById: null });
};
