import { newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { ApiClient } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { newApiClientModel } from '../domain/api-client.ts';
import { apiClientExists, type ApiClientExists } from './api-client-exists.ts';
import { assertRatePlan } from './assert-rate-plan.ts';

export type CreateApiClientOutcome = { readonly __typename: 'CreateApiClientSuccess'; readonly apiClient: ApiClient } | ApiClientExists | InvalidInput;

export const createApiClient = async (ctx: Context, input: unknown): Promise<CreateApiClientOutcome> => {
  const { id: createdById, organizationId } = requireUser(ctx.actor);
  const read = readInput(newApiClientModel, input);
  if ('refusal' in read) return read.refusal;
  const { name, description = null, ratePlanId = null } = read.data;

  return ctx.transaction(async (tx) => {
    await assertRatePlan(tx, organizationId, ratePlanId);
    const id = newId('apc');
    // The unique key decides between two who take the same name at once.
    await tx.db.apiClient.createMany({ data: { id, organizationId, name, description, ratePlanId, createdById, createdAt: tx.now, updatedAt: tx.now }, skipDuplicates: true });
    const apiClient = await tx.db.apiClient.findFirstOrThrow({ where: { organizationId, name } });
    return apiClient.id === id ? { __typename: 'CreateApiClientSuccess', apiClient } : apiClientExists(apiClient);
  });
};
