import { newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { TrustedOperation } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { operationModel } from '../domain/trusted-operation.ts';

export type RegisterTrustedOperationOutcome = { readonly __typename: 'RegisterTrustedOperationSuccess'; readonly trustedOperation: TrustedOperation } | InvalidInput;

export const registerTrustedOperation = async (ctx: Context, input: unknown): Promise<RegisterTrustedOperationOutcome> => {
  const { id: registeredById, organizationId } = requireUser(ctx.actor);
  const read = readInput(operationModel, input);
  if ('refusal' in read) return read.refusal;
  const { body, name, sha256 } = read.data.body;

  return ctx.transaction(async (tx) => {
    const trustedOperation = await tx.db.trustedOperation.upsert({
      where: { organizationId_sha256: { organizationId, sha256 } },
      create: { id: newId('top'), organizationId, name, body, sha256, state: 'ACTIVE', registeredById, registeredAt: tx.now },
      update: { state: 'ACTIVE', retiredAt: null },
    });
    return { __typename: 'RegisterTrustedOperationSuccess', trustedOperation };
  });
};
