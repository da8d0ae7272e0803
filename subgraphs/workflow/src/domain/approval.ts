import { z } from 'zod';
import { expiresInDays } from './step.ts';

const text = z.string().trim().max(1000, 'Say it in at most 1000 characters.').nullish();
export const idempotencyKey = z.string().min(1, 'Give a key that is unique to this act.').max(200, 'A key has at most 200 characters.');

/** What a workflow or an approval is about: exactly one of the two. */
export const subjectModel = z
  .object({ documentId: z.string().nullish(), envelopeId: z.string().nullish() })
  .transform(({ documentId, envelopeId }, ctx): { kind: 'DOCUMENT' | 'ENVELOPE'; id: string } => {
    if (documentId && !envelopeId) return { kind: 'DOCUMENT', id: documentId };
    if (envelopeId && !documentId) return { kind: 'ENVELOPE', id: envelopeId };
    ctx.addIssue({ code: 'custom', message: 'Give exactly one of `documentId` and `envelopeId`.' });
    return z.NEVER;
  });

export const requestModel = z.object({ approverId: z.string(), message: text, expiresInDays, idempotencyKey });
export const decisionModel = z.object({ decision: z.enum(['APPROVE', 'REJECT']), comment: text, idempotencyKey });
