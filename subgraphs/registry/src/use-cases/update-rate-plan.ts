import { found, readInput, type InvalidInput } from '@buffrsign/kernel';
import type { RatePlan } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { ratePlanModel } from '../domain/rate-plan.ts';
import { visible } from '../policies.ts';
import { ratePlanExists, type RatePlanExists } from './rate-plan-exists.ts';

export type UpdateRatePlanOutcome = { readonly __typename: 'UpdateRatePlanSuccess'; readonly ratePlan: RatePlan } | RatePlanExists | InvalidInput;

interface UpdateRatePlanInput {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly requestsPerMinute?: number | null | undefined;
  readonly requestsPerDay?: number | null | undefined;
}

export const updateRatePlan = (ctx: Context, input: UpdateRatePlanInput): Promise<UpdateRatePlanOutcome> =>
  ctx.transaction(async (tx) => {
    const mine = visible(ctx.actor);
    const present = found(await tx.db.ratePlan.findFirst({ where: { id: input.id, ...mine } }));
    // The plan is judged as it would be: a day must fit its minutes, whichever of the two is changed.
    const read = readInput(ratePlanModel, {
      name: input.name ?? present.name,
      requestsPerMinute: input.requestsPerMinute ?? present.requestsPerMinute,
      requestsPerDay: input.requestsPerDay ?? present.requestsPerDay,
    });
    if ('refusal' in read) return read.refusal;
    const holder = await tx.db.ratePlan.findFirst({ where: { ...mine, name: read.data.name, id: { not: present.id } } });
    if (holder) return ratePlanExists(holder);
    const ratePlan = await tx.db.ratePlan.update({ where: { id: present.id }, data: { ...read.data, updatedAt: tx.now } });
    return { __typename: 'UpdateRatePlanSuccess', ratePlan };
  });
