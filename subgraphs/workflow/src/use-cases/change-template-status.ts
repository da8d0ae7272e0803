import { requireUser } from '@buffrsign/kernel';
import type { WorkflowTemplate } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { nextTemplateStatuses, type TemplateStatus } from '../domain/template.ts';
import { claimTemplate } from './claims.ts';
import { templateStands, type TemplateStatusRefusal } from './refusals.ts';

export type ChangeTemplateStatusOutcome = { readonly __typename: 'ChangeWorkflowTemplateStatusSuccess'; readonly template: WorkflowTemplate } | TemplateStatusRefusal;

export const changeWorkflowTemplateStatus = (ctx: Context, { id, status }: { readonly id: string; readonly status: TemplateStatus }): Promise<ChangeTemplateStatusOutcome> =>
  ctx.transaction(async (tx) => {
    const { organizationId } = requireUser(ctx.actor);
    const present = await claimTemplate(tx, { id, organizationId });
    // Asked for again, what is so already is no mistake.
    if (present.status === status) return { __typename: 'ChangeWorkflowTemplateStatusSuccess', template: present };
    const possible = nextTemplateStatuses[present.status];
    if (!possible.includes(status)) return templateStands(present.status, possible.length > 0 ? `It can become ${possible.join(' or ')}.` : 'Write a new one.');
    const template = await tx.db.workflowTemplate.update({ where: { id }, data: { status, updatedAt: tx.now } });
    return { __typename: 'ChangeWorkflowTemplateStatusSuccess', template };
  });
