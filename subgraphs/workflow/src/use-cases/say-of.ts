import type { Approval } from '../__generated__/prisma/client.ts';
import type { ClaimedExecution } from './claims.ts';

/** Whom a fact about an execution is about, and what every such fact says. */
export const sayOf = <More extends object>(execution: ClaimedExecution, more: More) => {
  const { id, organizationId, templateId, template, subjectId, startedById } = execution;
  return [{ subject: id, organizationId }, { executionId: id, templateId, templateName: template.name, subjectId, startedBy: startedById, ...more }] as const;
};

/** The same for an approval; `executionId` is null when a member asked. */
export const sayOfApproval = <More extends object>(approval: Approval, executionId: string | null, more: More) => {
  const { id, organizationId, subjectId, approverId, requestedById } = approval;
  return [{ subject: id, organizationId }, { approvalId: id, subjectId, executionId, approverId, requestedBy: requestedById, ...more }] as const;
};
