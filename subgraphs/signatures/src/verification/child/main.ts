import { PdfRefusal } from '@buffrsign/pades';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { ChildAnswer } from '../report.ts';
import type { Job } from './job.ts';
import { look } from './look.ts';

/** The child's whole life: one PDF on standard input, one job by message, one answer to the parent. */
const [, , wallTimeMs = ''] = process.argv;
endWithoutParent(Number(wallTimeMs));
const [job] = (await once(process, 'message')) as [Job];
process.send?.(answerTo(job));

function answerTo(todo: Job): ChildAnswer {
  try {
    return look(readFileSync(0), todo);
  } catch (error) {
    if (error instanceof PdfRefusal) return { kind: 'refused', code: error.code, detail: error.message };
    // Out of stack or of buffer space: the file asked for it.
    if (error instanceof RangeError) return { kind: 'refused', code: 'TOO_COMPLEX', detail: 'It asks for more memory than one look may take.' };
    throw error;
  }
}

/** The parent ends a child that takes too long. Should the parent be killed itself, a second thread does. */
function endWithoutParent(afterMs: number): void {
  new Worker(`setTimeout(() => process.kill(${process.pid}, 'SIGKILL'), ${afterMs + 1_000})`, { eval: true }).unref();
}
