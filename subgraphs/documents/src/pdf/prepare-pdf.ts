import { preparationAnswer, type Preparation } from './inspection.ts';
import type { InspectionLimits } from './limits.ts';
import { refuse, type Refusal } from './refusal.ts';
import { answerOf } from './sandbox/answer-of.ts';
import { runInSandbox, sizeOf } from './sandbox/run-in-sandbox.ts';

export interface PreparationOptions {
  /** Where the prepared file is written; it is made there, and empty when the upload is signed as it is. */
  readonly output: string;
  readonly password?: string | undefined;
  readonly limits: InspectionLimits;
  readonly signal?: AbortSignal | undefined;
}

/** So many times the largest upload may a prepared file have: what was packed together lies apart in it. */
export const MAX_GROWTH = 4;

/**
 * Makes an uploaded file fit to be signed, or says why it is not taken. What is taken can be shown page by page, read by
 * the strict reader and drawn on: that was tried.
 *
 * @throws the reason of `signal` when it is aborted; a system error when a file cannot be opened
 */
export async function preparePdf(path: string, { output, password, limits, signal }: PreparationOptions): Promise<Preparation | Refusal> {
  const bytes = await sizeOf(path);
  if (bytes === 0) return refuse('EMPTY');
  if (bytes > limits.maxBytes) return refuse('TOO_LARGE', `${bytes} bytes; at most ${limits.maxBytes}`);
  const { maxPages, maxTextPerPage, maxText } = limits;
  const job = { kind: 'prepare', maxPages, maxTextPerPage, maxText, ...(password !== undefined && { password }) } as const;
  const prepared = answerOf(await runInSandbox(job, { input: path, output }, limits, signal), preparationAnswer);
  if (!prepared.ok || !prepared.rewritten) return prepared;
  const written = await sizeOf(output);
  return written > MAX_GROWTH * limits.maxBytes ? refuse('TOO_LARGE', `${written} bytes when written anew`) : prepared;
}
