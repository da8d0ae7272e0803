import { readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { WorkflowTemplate } from '../__generated__/prisma/client.ts';
import type { Context, Tx } from '../context.ts';
import { approversOf, type Step } from '../domain/step.ts';
import { canChange, templateChangesModel } from '../domain/template.ts';
import { claimTemplate, findNonMember } from './claims.ts';
import { templateStands, unknownMember, type TemplateStatusRefusal, type UnknownMember } from './refusals.ts';

export type UpdateTemplateOutcome = { readonly __typename: 'UpdateWorkflowTemplateSuccess'; readonly template: WorkflowTemplate } | TemplateStatusRefusal | UnknownMember | InvalidInput;

const replaceSteps = async (tx: Tx, { id: templateId, organizationId }: WorkflowTemplate, steps: readonly Step[]): Promise<void> => {
  await tx.db.templateStep.deleteMany({ where: { templateId } });
  await tx.db.templateStep.createMany({ data: steps.map((step) => ({ templateId, organizationId, ...step })) });
};

export const updateWorkflowTemplate = async (ctx: Context, input: { readonly id: string }): Promise<UpdateTemplateOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  const read = readInput(templateChangesModel, input);
  if ('refusal' in read) return read.refusal;
  const { name, description, trigger, steps } = read.data;

  return ctx.transaction(async (tx) => {
    const present = await claimTemplate(tx, { id: input.id, organizationId });
    if (!canChange(present.status)) return templateStands(present.status, present.status === 'ACTIVE' ? 'Set it aside first (INACTIVE).' : 'Write a new one.');
    const nobody = await findNonMember(tx, organizationId, approversOf(steps ?? []));
    if (nobody) return unknownMember(nobody);
    if (steps) await replaceSteps(tx, present, steps);
    const template = await tx.db.workflowTemplate.update({
      where: { id: present.id },
      data: { ...(name && { name }), ...(description !== undefined && { description }), ...(trigger && { trigger }), updatedAt: tx.now },
    });
    return { __typename: 'UpdateWorkflowTemplateSuccess', template };
  });
};
