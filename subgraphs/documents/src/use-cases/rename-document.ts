import { Problem, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Document } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { newTitleModel } from '../domain/document.ts';

export type RenameDocumentOutcome = { readonly __typename: 'RenameDocumentSuccess'; readonly document: Document } | InvalidInput;

export const renameDocument = async (ctx: Context, input: { readonly id: string }): Promise<RenameDocumentOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  const read = readInput(newTitleModel, input);
  if ('refusal' in read) return read.refusal;

  return ctx.transaction(async (tx) => {
    const { count } = await tx.db.document.updateMany({ where: { id: input.id, organizationId, state: { not: 'DELETED' } }, data: { title: read.data.title, updatedAt: tx.now } });
    if (count === 0) throw new Problem('NOT_FOUND');
    const document = await tx.db.document.findUniqueOrThrow({ where: { id: input.id } });
    return { __typename: 'RenameDocumentSuccess', document };
  });
};
