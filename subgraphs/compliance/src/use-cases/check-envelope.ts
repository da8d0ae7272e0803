import { found, requireUser } from '@buffrsign/kernel';
import type { ComplianceCheck } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { declarationModel } from '../domain/evidence.ts';
import { isCompleted, recordCheck } from './record-check.ts';

interface EnvelopeNotCompleted {
  readonly __typename: 'EnvelopeNotCompletedError';
  readonly message: string;
}

export type CheckEnvelopeOutcome = { readonly __typename: 'CheckEnvelopeSuccess'; readonly complianceCheck: ComplianceCheck } | EnvelopeNotCompleted;

const notCompleted: EnvelopeNotCompleted = { __typename: 'EnvelopeNotCompletedError', message: 'The envelope is not completed yet. Check it when all have signed.' };

export const checkEnvelope = async (ctx: Context, input: { readonly envelopeId: string; readonly declaration?: unknown }): Promise<CheckEnvelopeOutcome> => {
  const { id: requestedById, organizationId } = requireUser(ctx.actor);
  const declaration = input.declaration ? declarationModel.parse(input.declaration) : null;

  return ctx.transaction(async (tx) => {
    const envelope = found(await tx.db.envelopeRecord.findFirst({ where: { id: input.envelopeId, organizationId } }));
    if (!isCompleted(envelope)) return notCompleted;
    const complianceCheck = await recordCheck(tx, { envelope, trigger: 'REQUEST', requestedById, declaration });
    return { __typename: 'CheckEnvelopeSuccess', complianceCheck };
  });
};
