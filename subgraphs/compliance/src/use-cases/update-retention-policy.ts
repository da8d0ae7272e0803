import { found, readInput, type InvalidInput } from '@buffrsign/kernel';
import type { RetentionPolicy } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { retentionPolicyChangesModel } from '../domain/retention-policy.ts';
import { visible } from '../policies.ts';

export type UpdateRetentionPolicyOutcome = { readonly __typename: 'UpdateRetentionPolicySuccess'; readonly retentionPolicy: RetentionPolicy } | InvalidInput;

export const updateRetentionPolicy = async (ctx: Context, input: { readonly id: string }): Promise<UpdateRetentionPolicyOutcome> => {
  const read = readInput(retentionPolicyChangesModel, input);
  if ('refusal' in read) return read.refusal;
  const { retainForMonths, basis } = read.data;

  return ctx.transaction(async (tx) => {
    const present = found(await tx.db.retentionPolicy.findFirst({ where: { id: input.id, ...visible(ctx.actor) } }));
    const retentionPolicy = await tx.db.retentionPolicy.update({ where: { id: present.id }, data: { ...(retainForMonths && { retainForMonths }), ...(basis && { basis }), updatedAt: tx.now } });
    return { __typename: 'UpdateRetentionPolicySuccess', retentionPolicy };
  });
};
