import { requireUser } from '@buffrsign/kernel';
import type { DocumentCopy, Prisma } from '../__generated__/prisma/client.ts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context, Tx } from '../context.ts';

export interface DocumentNotReady {
  readonly __typename: 'DocumentNotReadyError';
  readonly message: string;
}

export const documentNotReady = (): DocumentNotReady => ({
  __typename: 'DocumentNotReadyError',
  message: 'This document cannot be signed: it is not there, was refused or deleted, or is still being looked at. Wait until it is ready, or choose another.',
});

/**
 * A document of the organization that can be signed; null when there is none of this id. It is not deleted before this
 * transaction ends: whoever deletes it then finds what was done here.
 */
export const findReadyDocument = async (tx: Tx, { id, organizationId }: { readonly id: string; readonly organizationId: string }): Promise<DocumentCopy | null> => {
  await tx.sql.$queryRaw`select 1 as locked from "DocumentCopy" where id = ${id} and "organizationId" = ${organizationId} for share`;
  return tx.db.documentCopy.findFirst({ where: { id, organizationId, deletedAt: null } });
};

/** Looks at most this often, with this pause, for a document that was not heard of yet. */
const LOOKS = 40;
const PAUSE_MS = 50;

/**
 * Waits, two seconds at most, until this room has heard of a document: a client that was just told "ready" may be
 * faster than the fact on its way here. What comes of it, the transaction that follows finds out.
 */
export const awaitDocument = async (ctx: Context, id: string): Promise<void> => {
  const { organizationId } = requireUser(ctx.actor);
  for (let look = 0; look < LOOKS; look += 1) {
    if (await ctx.db.documentCopy.findFirst({ where: { id, organizationId }, select: { id: true } })) return;
    await pause(PAUSE_MS);
  }
};

/** What documents says of a document. */
export type KnownDocument = Omit<Prisma.DocumentCopyUncheckedCreateInput, 'deletedAt'>;

/** Keeps what documents says of a document. What was deleted stays deleted, in whatever order that is heard. */
export const keepDocument = (tx: Tx, document: KnownDocument): Promise<unknown> => {
  const { id, ...known } = document;
  return tx.db.documentCopy.upsert({ where: { id }, create: { ...document, deletedAt: null }, update: known });
};
