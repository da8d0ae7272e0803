import { once } from 'node:events';
import { readFileSync, writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Job } from '../inspection.ts';
import { Refused, refuse, type Refusal } from '../refusal.ts';
import { inspect } from './inspect.ts';
import { prepare } from './prepare.ts';
import { drawThumbnail } from './thumbnail.ts';

/** The child's whole life: one document on standard input, one job by message, one answer to the parent. */
const [, , wallTimeMs = ''] = process.argv;
endWithoutParent(Number(wallTimeMs));
// By message, not as an argument, which others on the machine could read: it may hold a password.
const [job] = (await once(process, 'message')) as [Job];
const answer = await work(job, readFileSync(0)).catch(refusalFor);
process.send?.(answer);

async function work(todo: Job, pdf: Uint8Array): Promise<object> {
  if (pdf.byteLength === 0) throw new Refused('EMPTY');
  if (todo.kind === 'thumbnail') return drawThumbnail(pdf, todo);
  if (todo.kind === 'inspect') return inspect(pdf, todo);
  const prepared = await prepare(pdf, todo);
  if (prepared.pdf) writeOut(prepared.pdf);
  return prepared.answer;
}

/** To the open file that the parent gave: the only thing that this process can write to. */
function writeOut(pdf: Uint8Array): void {
  for (let at = 0; at < pdf.byteLength;) at += writeSync(1, pdf, at);
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
