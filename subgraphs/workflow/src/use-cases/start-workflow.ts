import { once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import { z } from 'zod';
import type { WorkflowExecution } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { idempotencyKey, subjectModel } from '../domain/approval.ts';
import { claimTemplate } from './claims.ts';
import { findSubject } from './find-subject.ts';
import { templateStands, unknownSubject, type TemplateStatusRefusal, type UnknownSubject } from './refusals.ts';
import { startExecution } from './start-execution.ts';

export type StartWorkflowOutcome = { readonly __typename: 'StartWorkflowSuccess'; readonly execution: WorkflowExecution } | TemplateStatusRefusal | UnknownSubject | InvalidInput;

type Kept = { readonly executionId: string } | { readonly refusal: TemplateStatusRefusal | UnknownSubject };

const model = z.object({ idempotencyKey });

export const startWorkflow = async (ctx: Context, input: { readonly templateId: string }): Promise<StartWorkflowOutcome> => {
  const { id: startedById, organizationId } = requireUser(ctx.actor);
  const read = readInput(z.intersection(model, subjectModel.transform((subject) => ({ subject }))), input);
  if ('refusal' in read) return read.refusal;
  const { subject, idempotencyKey: key } = read.data;

  return ctx.transaction(async (tx) => {
    const kept = await once(tx, { actorId: startedById, organizationId, operation: 'startWorkflow', key, input }, async (): Promise<Kept> => {
      const { id: templateId, status } = await claimTemplate(tx, { id: input.templateId, organizationId });
      if (status !== 'ACTIVE') return { refusal: templateStands(status, 'Put it into use first (ACTIVE).') };
      if (!(await findSubject(tx, organizationId, subject))) return { refusal: unknownSubject };
      return { executionId: await startExecution(tx, { organizationId, templateId, subjectId: subject.id, trigger: 'MANUAL', startedById }) };
    });
    if ('refusal' in kept) return kept.refusal;
    return { __typename: 'StartWorkflowSuccess', execution: await tx.db.workflowExecution.findUniqueOrThrow({ where: { id: kept.executionId } }) };
  });
};
