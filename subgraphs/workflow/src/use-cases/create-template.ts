import { newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { WorkflowTemplate } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { approversOf } from '../domain/step.ts';
import { newTemplateModel } from '../domain/template.ts';
import { findNonMember } from './claims.ts';
import { unknownMember, type UnknownMember } from './refusals.ts';

export type CreateTemplateOutcome = { readonly __typename: 'CreateWorkflowTemplateSuccess'; readonly template: WorkflowTemplate } | UnknownMember | InvalidInput;

export const createWorkflowTemplate = async (ctx: Context, input: unknown): Promise<CreateTemplateOutcome> => {
  const { id: createdById, organizationId } = requireUser(ctx.actor);
  const read = readInput(newTemplateModel, input);
  if ('refusal' in read) return read.refusal;
  const { name, description = null, trigger, steps } = read.data;

  return ctx.transaction(async (tx) => {
    const nobody = await findNonMember(tx, organizationId, approversOf(steps));
    if (nobody) return unknownMember(nobody);
    const template = await tx.db.workflowTemplate.create({
      data: {
        id: newId('wft'), organizationId, name, description, status: 'DRAFT', trigger, createdById, createdAt: tx.now, updatedAt: tx.now,
        steps: { create: steps.map((step) => ({ organizationId, ...step })) },
      },
    });
    return { __typename: 'CreateWorkflowTemplateSuccess', template };
  });
};
