import type { Logger } from '@buffrsign/kernel';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import pLimit from 'p-limit';
import type { Limits } from './limits.ts';
import { childAnswer, type Report } from './report.ts';
import type { Roots } from './roots.ts';
import { lookInSandbox } from './sandbox.ts';
import type { Uploads } from './uploads.ts';

export type UnreadableCode = 'NOT_A_PDF' | 'DAMAGED' | 'ENCRYPTED' | 'TOO_COMPLEX';

/** What came of looking at a file that was sent. */
export type Look =
  | { readonly kind: 'verified'; readonly report: Report; readonly sha256: string; readonly size: number }
  | { readonly kind: 'unreadable'; readonly code: UnreadableCode; readonly detail: string | null }
  | { readonly kind: 'gone' | 'busy' | 'failed' };

/** Looks at the PDFs of strangers, a few at a time, each in a process of its own. */
export interface Verifier {
  look(uploadId: string): Promise<Look>;
}

interface Options {
  readonly uploads: Uploads;
  readonly roots: () => Promise<Roots>;
  readonly limits: Limits;
  readonly log: Logger;
  readonly now: () => Date;
}

const codes: readonly string[] = ['NOT_A_PDF', 'DAMAGED', 'ENCRYPTED', 'TOO_COMPLEX'] satisfies UnreadableCode[];
const isCode = (code: string): code is UnreadableCode => codes.includes(code);

/** Not the child's word: what it says of itself would be the file's. */
const digestOf = async (file: FileHandle): Promise<{ sha256: string; size: number }> => {
  const hash = createHash('sha256');
  let size = 0;
  // From the start by position, so that the child still finds the beginning where it reads.
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
};

export const createVerifier = ({ uploads, roots, limits, log, now }: Options): Verifier => {
  const queue = pLimit(limits.atOnce);

  const lookAt = async (file: FileHandle): Promise<Look> => {
    const of = await digestOf(file);
    const end = await lookInSandbox(file.fd, { ...(await roots()), now: now() }, limits);
    if (end.kind === 'exhausted') return { kind: 'unreadable', code: 'TOO_COMPLEX', detail: null };
    const answer = end.kind === 'answered' ? childAnswer.safeParse(end.answer) : undefined;
    if (!answer?.success) {
      // Its cause may quote the file, which is nobody's business here: only how it ended is told.
      log.error({ end: end.kind === 'died' ? end.detail.split(' ').slice(0, 3).join(' ') : 'an answer of the wrong shape' }, 'a PDF could not be looked at');
      return { kind: 'failed' };
    }
    if (answer.data.kind === 'report') return { kind: 'verified', report: answer.data, ...of };
    const { code, detail } = answer.data;
    return { kind: 'unreadable', code: isCode(code) ? code : 'DAMAGED', detail };
  };

  const take = async (uploadId: string): Promise<Look> => {
    const file = await uploads.open(uploadId);
    if (!file) return { kind: 'gone' };
    try {
      return await lookAt(file);
    } finally {
      await file.close();
      await uploads.remove(uploadId);
    }
  };

  return { look: async (uploadId) => (queue.pendingCount >= limits.waiting ? { kind: 'busy' } : queue(() => take(uploadId))) };
};
