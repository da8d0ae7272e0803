import { found, requireUser, type Fact } from '@buffrsign/kernel';
import type { Document } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { documentDeleted, documentReady, documentRefused } from '../events.ts';

/** That something was to be seen about a document; what, is read anew for whoever listens. */
export interface Progress {
  readonly documentId: string;
  readonly occurredAt: Date;
}

/** The present state of a document and, unless that is final, the next one, which always is. @throws Problem NOT_FOUND */
export const followDocument = async (ctx: Context, documentId: string): Promise<AsyncIterableIterator<Progress>> => {
  requireUser(ctx.actor);
  // Listening first, reading second: what happens in between is not missed.
  const facts = await ctx.live([documentReady, documentRefused, documentDeleted], documentId);
  try {
    return progressFrom(found(await ctx.load.document.load(documentId)), facts);
  } catch (error) {
    await facts.return?.();
    throw error;
  }
};

/** Not a generator: ending one would wait for a fact that may never come. */
const progressFrom = (document: Document, facts: AsyncIterableIterator<Fact>): AsyncIterableIterator<Progress> => {
  const documentId = document.id;
  let shown: 'nothing' | 'present' | 'final' = 'nothing';
  const end = async (): Promise<IteratorResult<Progress>> => {
    await facts.return?.();
    return { value: undefined, done: true };
  };
  const progress: AsyncIterableIterator<Progress> = {
    [Symbol.asyncIterator]: () => progress,
    async next() {
      if (shown === 'final') return end();
      if (shown === 'nothing') {
        shown = isFinal(document) ? 'final' : 'present';
        return { value: { documentId, occurredAt: document.updatedAt }, done: false };
      }
      const fact = await facts.next();
      if (fact.done) return end();
      shown = 'final';
      return { value: { documentId, occurredAt: new Date(fact.value.time) }, done: false };
    },
    return: end,
  };
  return progress;
};

const isFinal = ({ state }: Document): boolean => state === 'READY' || state === 'REFUSED' || state === 'DELETED';
