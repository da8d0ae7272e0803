import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

const execution = { executionId: z.string(), templateId: z.string(), templateName: z.string(), subjectId: z.string(), startedBy: z.string().nullable() };
const approval = { approvalId: z.string(), subjectId: z.string(), executionId: z.string().nullable(), approverId: z.string(), requestedBy: z.string().nullable() };

// The subject of a fact about an execution is the execution, of one about an approval the approval. `subjectId` is the
// document or the envelope.

export const executionCompleted = defineEvent({
  name: 'workflow.execution-completed.v1',
  description: 'All steps of a workflow are done or were skipped.',
  schema: z.object(execution),
});

export const executionFailed = defineEvent({
  name: 'workflow.execution-failed.v1',
  description: 'A step of a workflow could not be done, or its approval was refused or not given in time.',
  schema: z.object({ ...execution, failure: z.string() }),
});

export const executionCancelled = defineEvent({
  name: 'workflow.execution-cancelled.v1',
  description: 'A member ended a workflow before it was through.',
  schema: z.object({ ...execution, cancelledBy: z.string() }),
});

export const signalRaised = defineEvent({
  name: 'workflow.signal-raised.v1',
  description: 'A step of a workflow raised a signal, for webhooks and others to act on.',
  schema: z.object({ ...execution, signal: z.string() }),
});

export const approvalRequested = defineEvent({
  name: 'workflow.approval-requested.v1',
  description: 'A member is asked for a yes or no, by a workflow or by another member.',
  schema: z.object({ ...approval, message: z.string().nullable(), expiresAt: z.iso.datetime() }),
});

export const approvalDecided = defineEvent({
  name: 'workflow.approval-decided.v1',
  description: 'An approval was given or refused, or it expired.',
  schema: z.object({ ...approval, status: z.enum(['APPROVED', 'REJECTED', 'EXPIRED']), comment: z.string().nullable() }),
});
