import type { ZodType } from 'zod';
import { refuse, type Refusal } from '../refusal.ts';
import type { SandboxEnd } from './run-in-sandbox.ts';

/** What an end in the sandbox means for the document. */
export function answerOf<Answer>(end: SandboxEnd, schema: ZodType<Answer>): Answer | Refusal {
  if (end.kind === 'exhausted') return refuse('TOO_COMPLEX', end.detail);
  if (end.kind === 'died') return refuse('INTERRUPTED', end.detail);
  const answer = schema.safeParse(end.answer);
  return answer.success ? answer.data : refuse('INTERRUPTED', `an answer of the wrong shape: ${answer.error.message}`);
}
