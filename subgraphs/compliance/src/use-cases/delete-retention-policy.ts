import { Problem } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export interface DeleteRetentionPolicyOutcome {
  readonly __typename: 'DeleteRetentionPolicySuccess';
  readonly deletedId: string;
}

export const deleteRetentionPolicy = (ctx: Context, input: { readonly id: string }): Promise<DeleteRetentionPolicyOutcome> =>
  ctx.transaction(async (tx) => {
    const { count } = await tx.db.retentionPolicy.deleteMany({ where: { id: input.id, ...visible(ctx.actor) } });
    if (count === 0) throw new Problem('NOT_FOUND');
    return { __typename: 'DeleteRetentionPolicySuccess', deletedId: input.id };
  });
