import type { ExecutionStatus } from '../domain/execution.ts';
import type { TemplateStatus } from '../domain/template.ts';

/** What somebody who acts on a workflow can mend. */
export interface UnknownMember {
  readonly __typename: 'UnknownMemberError';
  readonly message: string;
}

export interface UnknownSubject {
  readonly __typename: 'UnknownSubjectError';
  readonly message: string;
}

export interface TemplateStatusRefusal {
  readonly __typename: 'WorkflowTemplateStatusError';
  readonly message: string;
  readonly status: TemplateStatus;
}

export interface ExecutionStatusRefusal {
  readonly __typename: 'WorkflowExecutionStatusError';
  readonly message: string;
  readonly status: ExecutionStatus;
}

export const unknownMember = (id: string): UnknownMember => ({ __typename: 'UnknownMemberError', message: `There is no active member ${id} here. Ask somebody who is one.` });

export const unknownSubject: UnknownSubject = { __typename: 'UnknownSubjectError', message: 'There is no document that can be used and no envelope that was sent of this id.' };

export const templateStands = (status: TemplateStatus, advice: string): TemplateStatusRefusal => ({ __typename: 'WorkflowTemplateStatusError', message: `This workflow is ${status}. ${advice}`, status });

export const executionStands = (status: ExecutionStatus, act: string): ExecutionStatusRefusal => ({ __typename: 'WorkflowExecutionStatusError', message: `This execution is ${status}: it cannot ${act}.`, status });
