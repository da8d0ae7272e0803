import { connection, requireUser, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { Approval, ApprovalStatus, WorkflowExecution, WorkflowExecutionStatus, WorkflowTemplate, WorkflowTemplateStatus } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

type Optional<Value> = Value | null | undefined;

export const listTemplates = (ctx: Context, { status, ...args }: PageArgs & { readonly status?: Optional<WorkflowTemplateStatus> }): Promise<Connection<WorkflowTemplate>> =>
  connection(args, (page) => ctx.db.workflowTemplate.findMany({ ...page, where: { ...(status && { status }), ...page.where, ...visible(ctx.actor) } }));

export const listExecutions = (
  ctx: Context,
  { status, templateId, ...args }: PageArgs & { readonly status?: Optional<WorkflowExecutionStatus>; readonly templateId?: Optional<string> },
): Promise<Connection<WorkflowExecution>> =>
  connection(args, (page) => ctx.db.workflowExecution.findMany({ ...page, where: { ...(status && { status }), ...(templateId && { templateId }), ...page.where, ...visible(ctx.actor) } }));

/** The executions over one document or envelope; null to whoever is no member. */
export const listExecutionsOf = async (ctx: Context, subjectId: string, args: PageArgs): Promise<Connection<WorkflowExecution> | null> =>
  ctx.actor.kind === 'user' ? connection(args, (page) => ctx.db.workflowExecution.findMany({ ...page, where: { ...page.where, subjectId, ...visible(ctx.actor) } })) : null;

export const listApprovals = (ctx: Context, { status, mine, ...args }: PageArgs & { readonly status?: Optional<ApprovalStatus>; readonly mine: boolean }): Promise<Connection<Approval>> => {
  const asked = mine ? { approverId: requireUser(ctx.actor).id } : {};
  return connection(args, (page) => ctx.db.approval.findMany({ ...page, where: { ...(status && { status }), ...asked, ...page.where, ...visible(ctx.actor) } }));
};
