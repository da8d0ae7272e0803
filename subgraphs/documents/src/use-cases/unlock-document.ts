import { found, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Document } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { unlockModel } from '../domain/document.ts';
import { LOCKED } from '../domain/verdict.ts';
import { inspectDocumentTask } from '../tasks/definitions.ts';

export type UnlockDocumentOutcome =
  | { readonly __typename: 'UnlockDocumentSuccess'; readonly document: Document }
  | { readonly __typename: 'DocumentNotLockedError'; readonly message: string; readonly document: Document }
  | InvalidInput;

/** Takes the password of a document that was refused for want of it, and has its file looked at again. */
export const unlockDocument = async (ctx: Context, input: { readonly id: string; readonly password: string }): Promise<UnlockDocumentOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  const { id } = input;
  found(await ctx.db.document.findFirst({ where: { id, organizationId } }));
  const read = readInput(unlockModel, input);
  if ('refusal' in read) return read.refusal;
  const sealedPassword = ctx.services.passwords.seal(read.data.password);

  return ctx.transaction(async (tx) => {
    const { count } = await tx.db.document.updateMany({
      where: { id, organizationId, state: 'REFUSED', refusalCode: { in: [...LOCKED] } },
      data: { state: 'PROCESSING', sealedPassword, refusedAt: null, refusalCode: null, refusalMessage: null, updatedAt: tx.now },
    });
    if (count === 1) await tx.enqueue(inspectDocumentTask, { documentId: id }, { key: `inspect-document:${id}` });
    const document = await tx.db.document.findUniqueOrThrow({ where: { id } });
    return count === 1 ? { __typename: 'UnlockDocumentSuccess', document } : notLocked(document);
  });
};

const notLocked = (document: Document): UnlockDocumentOutcome => ({
  __typename: 'DocumentNotLockedError',
  message: 'The document does not wait for a password. Its state says what it waits for, or why it was refused.',
  document,
});
