import type { ApiClientResolvers } from './../__generated__/types.ts';
import { stateOf } from '../domain/api-key.ts';

export const ApiClient: ApiClientResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.apiClient.load(reference.id),
  ratePlan: (client, _args, ctx) => (client.ratePlanId ? ctx.load.ratePlan.load(client.ratePlanId) : null),
  activeKeys: async (client, _args, ctx) => (await ctx.load.unrevokedKeysOf.load(client.id)).filter((key) => stateOf(key, ctx.now()) === 'ACTIVE'),
  createdBy: (client) => ({ id: client.createdById }),
};
