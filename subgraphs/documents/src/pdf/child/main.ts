import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Job } from '../inspection.ts';
import { Refused, refuse, type Refusal } from '../refusal.ts';
import { inspect } from './inspect.ts';
import { drawThumbnail } from './thumbnail.ts';

/** The child's whole life: one document on standard input, one job as argument, one answer to the parent. */
const [, , job = '', wallTimeMs = ''] = process.argv;
endWithoutParent(Number(wallTimeMs));
const answer = await work(JSON.parse(job) as Job, readFileSync(0)).catch(refusalFor);
process.send?.(answer);

function work(todo: Job, pdf: Uint8Array): Promise<object> {
  if (pdf.byteLength === 0) throw new Refused('EMPTY');
  return todo.kind === 'inspect' ? inspect(pdf, todo) : drawThumbnail(pdf, todo);
}

/** The parent ends a child that takes too long. Should the parent be killed itself, a second thread does, as the first may never look up again. */
function endWithoutParent(afterMs: number): void {
  const program = `setTimeout(() => process.kill(${process.pid}, 'SIGKILL'), ${afterMs + 1000})`;
  new Worker(program, { eval: true }).unref();
}

function refusalFor(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  // The rendering engine ran out of its memory or its bounds; V8 ran out of stack or buffer space.
  const isExhaustion = error instanceof Error && ['RuntimeError', 'RangeError'].includes(error.name);
  return refuse(isExhaustion ? 'TOO_COMPLEX' : 'BROKEN', detail);
}
