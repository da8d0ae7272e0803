import { inspectionAnswer, type Inspection } from './inspection.ts';
import type { InspectionLimits } from './limits.ts';
import { refuse, type Refusal } from './refusal.ts';
import { answerOf } from './sandbox/answer-of.ts';
import { runInSandbox, sizeOf } from './sandbox/run-in-sandbox.ts';

/**
 * Looks at a file that was made here and says what it holds, or why it cannot be shown. Uploads are prepared instead.
 *
 * @throws the reason of `signal` when it is aborted; a system error when the file cannot be opened
 */
export async function inspectPdf(path: string, limits: InspectionLimits, signal?: AbortSignal): Promise<Inspection | Refusal> {
  const bytes = await sizeOf(path);
  if (bytes === 0) return refuse('EMPTY');
  if (bytes > limits.maxBytes) return refuse('TOO_LARGE', `${bytes} bytes; at most ${limits.maxBytes}`);
  const { maxPages, maxTextPerPage, maxText } = limits;
  return answerOf(await runInSandbox({ kind: 'inspect', maxPages, maxTextPerPage, maxText }, { input: path }, limits, signal), inspectionAnswer);
}
