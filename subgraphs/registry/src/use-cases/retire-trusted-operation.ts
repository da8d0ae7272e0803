import { found, requireUser } from '@buffrsign/kernel';
import type { TrustedOperation } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';

export interface RetireTrustedOperationOutcome {
  readonly __typename: 'RetireTrustedOperationSuccess';
  readonly trustedOperation: TrustedOperation;
}

export const retireTrustedOperation = (ctx: Context, input: { readonly id: string }): Promise<RetireTrustedOperationOutcome> =>
  ctx.transaction(async (tx) => {
    const where = { id: input.id, organizationId: requireUser(ctx.actor).organizationId };
    await tx.db.trustedOperation.updateMany({ where: { ...where, state: 'ACTIVE' }, data: { state: 'RETIRED', retiredAt: tx.now } });
    const trustedOperation = found(await tx.db.trustedOperation.findFirst({ where }));
    return { __typename: 'RetireTrustedOperationSuccess', trustedOperation };
  });
