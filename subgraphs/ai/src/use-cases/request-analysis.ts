import { newId, once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Analysis } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { requestModel } from '../domain/analysis.ts';
import { rulesModel } from '../domain/model.ts';
import { analyzeDocument, ATTEMPTS } from '../tasks/definitions.ts';

interface UnknownDocument {
  readonly __typename: 'UnknownDocumentError';
  readonly message: string;
}

export type RequestAnalysisOutcome = { readonly __typename: 'RequestAnalysisSuccess'; readonly analysis: Analysis } | UnknownDocument | InvalidInput;

const unknownDocument: UnknownDocument = { __typename: 'UnknownDocumentError', message: 'There is no document of this id that can be used. Wait until it is ready, or choose another.' };

export const requestAnalysis = async (ctx: Context, input: unknown): Promise<RequestAnalysisOutcome> => {
  const { id: requestedById, organizationId } = requireUser(ctx.actor);
  const read = readInput(requestModel, input);
  if ('refusal' in read) return read.refusal;
  const { documentId, kind, idempotencyKey: key } = read.data;

  return ctx.transaction(async (tx) => {
    const id = await once(tx, { actorId: requestedById, organizationId, operation: 'requestAnalysis', key, input }, async () => {
      // Held until this is over: a deletion takes along the analyses that it finds, and this one would be too late.
      await tx.db.$queryRaw`select 1 as held from "DocumentCopy" where id = ${documentId} for share`;
      const document = await tx.db.documentCopy.findFirst({ where: { id: documentId, organizationId, deletedAt: null } });
      if (!document) return null;
      const { textSha256 } = document;
      const { name: model, version: modelVersion } = rulesModel;
      const made = await tx.db.analysis.create({ data: { id: newId('ana'), organizationId, documentId, textSha256, kind, status: 'PENDING', model, modelVersion, requestedById, createdAt: tx.now } });
      await tx.enqueue(analyzeDocument, { analysisId: made.id }, ATTEMPTS);
      return made.id;
    });
    const analysis = id && (await tx.db.analysis.findUnique({ where: { id } }));
    return analysis ? { __typename: 'RequestAnalysisSuccess', analysis } : unknownDocument;
  });
};
