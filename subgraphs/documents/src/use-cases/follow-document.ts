import { found, mapStream, requireUser, startWith, type Live, type Stream } from '@buffrsign/kernel';
import type { Document } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { documentDeleted, documentReady, documentRefused } from '../events.ts';

/** That something was to be seen about a document; what, is read anew for whoever listens. */
export interface Progress {
  readonly documentId: string;
  readonly occurredAt: Date;
  /** From where a client goes on that has seen this. */
  readonly cursor: string;
}

/**
 * The present state of a document and, unless that is final, the next one, which always is; for a client that comes back,
 * the next one only, and nothing if it has seen the end.
 *
 * @throws Problem NOT_FOUND, CURSOR_INVALID, CURSOR_EXPIRED
 */
export const followDocument = async (ctx: Context, documentId: string): Promise<Stream<Progress>> => {
  requireUser(ctx.actor);
  return ctx.cursor === undefined ? fromNow(ctx, documentId) : fromCursor(ctx, documentId);
};

const fromNow = async (ctx: Context, documentId: string): Promise<Stream<Progress>> => {
  // Listening first, reading second: what happens in between is not missed.
  const facts = await listen(ctx, documentId);
  try {
    const document = found(await ctx.load.document.load(documentId));
    if (isFinal(document)) await facts.return();
    return startWith({ documentId, occurredAt: document.updatedAt, cursor: facts.cursor }, next(facts));
  } catch (error) {
    await facts.return();
    throw error;
  }
};

const fromCursor = async (ctx: Context, documentId: string): Promise<Stream<Progress>> => {
  // Reading first, listening second: what made a state final is in the log by then, and not behind who has seen it.
  const document = found(await ctx.load.document.load(documentId));
  const facts = await listen(ctx, documentId);
  if (isFinal(document) && !facts.isBehind) await facts.return();
  return next(facts);
};

const listen = (ctx: Context, documentId: string) => ctx.live([documentReady, documentRefused, documentDeleted], documentId);

const next = (facts: Live): Stream<Progress> =>
  mapStream(facts, async ({ subject, time, cursor }) => ({ documentId: subject, occurredAt: new Date(time), cursor }), { isLast: () => true });

const isFinal = ({ state }: Document): boolean => state === 'READY' || state === 'REFUSED' || state === 'DELETED';
