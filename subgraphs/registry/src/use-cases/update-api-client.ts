import { found, readInput, type InvalidInput } from '@buffrsign/kernel';
import type { ApiClient } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { apiClientChangesModel } from '../domain/api-client.ts';
import { visible } from '../policies.ts';
import { apiClientExists, type ApiClientExists } from './api-client-exists.ts';
import { assertRatePlan } from './assert-rate-plan.ts';

export type UpdateApiClientOutcome = { readonly __typename: 'UpdateApiClientSuccess'; readonly apiClient: ApiClient } | ApiClientExists | InvalidInput;

export const updateApiClient = async (ctx: Context, input: { readonly id: string }): Promise<UpdateApiClientOutcome> => {
  const read = readInput(apiClientChangesModel, input);
  if ('refusal' in read) return read.refusal;
  const { name, description, ratePlanId } = read.data;

  return ctx.transaction(async (tx) => {
    const mine = visible(ctx.actor);
    const present = found(await tx.db.apiClient.findFirst({ where: { id: input.id, ...mine } }));
    await assertRatePlan(tx, mine.organizationId, ratePlanId);
    const holder = name ? await tx.db.apiClient.findFirst({ where: { ...mine, name, id: { not: present.id } } }) : null;
    if (holder) return apiClientExists(holder);
    const apiClient = await tx.db.apiClient.update({
      where: { id: present.id },
      data: { ...(name && { name }), ...(description !== undefined && { description }), ...(ratePlanId !== undefined && { ratePlanId }), updatedAt: tx.now },
    });
    return { __typename: 'UpdateApiClientSuccess', apiClient };
  });
};
