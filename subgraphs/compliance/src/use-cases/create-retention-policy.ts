import { newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { RetentionPolicy } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { newRetentionPolicyModel } from '../domain/retention-policy.ts';

interface RetentionPolicyExists {
  readonly __typename: 'RetentionPolicyExistsError';
  readonly message: string;
  readonly retentionPolicy: RetentionPolicy;
}

export type CreateRetentionPolicyOutcome = { readonly __typename: 'CreateRetentionPolicySuccess'; readonly retentionPolicy: RetentionPolicy } | RetentionPolicyExists | InvalidInput;

const exists = (retentionPolicy: RetentionPolicy): RetentionPolicyExists => ({
  __typename: 'RetentionPolicyExistsError',
  message: `There is a policy for ${retentionPolicy.documentType} already. Change that one.`,
  retentionPolicy,
});

export const createRetentionPolicy = async (ctx: Context, input: unknown): Promise<CreateRetentionPolicyOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  const read = readInput(newRetentionPolicyModel, input);
  if ('refusal' in read) return read.refusal;

  return ctx.transaction(async (tx) => {
    const id = newId('rtp');
    await tx.db.retentionPolicy.createMany({ data: { id, organizationId, ...read.data, createdAt: tx.now, updatedAt: tx.now }, skipDuplicates: true });
    const retentionPolicy = await tx.db.retentionPolicy.findFirstOrThrow({ where: { organizationId, documentType: read.data.documentType } });
    return retentionPolicy.id === id ? { __typename: 'CreateRetentionPolicySuccess', retentionPolicy } : exists(retentionPolicy);
  });
};
