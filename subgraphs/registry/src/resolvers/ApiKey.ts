import type { ApiKeyResolvers } from './../__generated__/types.ts';
import { stateOf } from '../domain/api-key.ts';

export const ApiKey: ApiKeyResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.apiKey.load(reference.id),
  apiClient: (key, _args, ctx) => ctx.load.apiClient.load(key.apiClientId),
  state: (key, _args, ctx) => stateOf(key, ctx.now()),
  createdBy: (key) => ({ id: key.createdById }),
};
