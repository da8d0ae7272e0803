import { newId, once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Document } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { newDocumentModel } from '../domain/document.ts';
import type { Link } from '../links/links.ts';

export interface Upload extends Link {
  readonly method: 'PUT';
  readonly maxBytes: number;
}

export type CreateDocumentOutcome = { readonly __typename: 'CreateDocumentSuccess'; readonly document: Document; readonly upload: Upload | null } | InvalidInput;

export const createDocument = async (ctx: Context, input: unknown): Promise<CreateDocumentOutcome> => {
  const { id: uploadedById, organizationId } = requireUser(ctx.actor);
  const read = readInput(newDocumentModel, input);
  if ('refusal' in read) return read.refusal;
  const { title, filename, idempotencyKey, password } = read.data;
  const sealedPassword = password == null ? null : ctx.services.passwords.seal(password);

  return ctx.transaction(async (tx) => {
    const { id } = await once(tx, { actorId: uploadedById, organizationId, operation: 'createDocument', key: idempotencyKey, input: { title, filename } }, async () => {
      const id = newId('doc');
      await tx.db.document.create({ data: { id, organizationId, title, filename, state: 'UPLOADING', sealedPassword, uploadedById, createdAt: tx.now, updatedAt: tx.now } });
      return { id };
    });
    const document = await tx.db.document.findUniqueOrThrow({ where: { id } });
    return { __typename: 'CreateDocumentSuccess', document, upload: document.state === 'UPLOADING' ? uploadOf(ctx, document) : null };
  });
};

const uploadOf = ({ services }: Context, document: Document): Upload => ({ ...services.links.upload(document.id), method: 'PUT', maxBytes: services.limits.maxBytes });
