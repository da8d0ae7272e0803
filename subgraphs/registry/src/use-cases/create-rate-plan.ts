import { newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { RatePlan } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { ratePlanModel } from '../domain/rate-plan.ts';
import { ratePlanExists, type RatePlanExists } from './rate-plan-exists.ts';

export type CreateRatePlanOutcome = { readonly __typename: 'CreateRatePlanSuccess'; readonly ratePlan: RatePlan } | RatePlanExists | InvalidInput;

export const createRatePlan = async (ctx: Context, input: unknown): Promise<CreateRatePlanOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  const read = readInput(ratePlanModel, input);
  if ('refusal' in read) return read.refusal;

  return ctx.transaction(async (tx) => {
    const id = newId('rpl');
    await tx.db.ratePlan.createMany({ data: { id, organizationId, ...read.data, createdAt: tx.now, updatedAt: tx.now }, skipDuplicates: true });
    const ratePlan = await tx.db.ratePlan.findFirstOrThrow({ where: { organizationId, name: read.data.name } });
    return ratePlan.id === id ? { __typename: 'CreateRatePlanSuccess', ratePlan } : ratePlanExists(ratePlan);
  });
};
