import { nothing, own, type Table } from './probe.ts';

export const registry: Table = {
  'Query.apiClient': nothing(({ apiClientId: id }) => ({ id })),
  'Query.apiClients': own(),
  'Query.apiKeys': [own(), nothing(({ apiClientId }) => ({ apiClientId }))],
  'Query.operationUsages': [own(), own(({ operationSha256: sha256 }) => ({ sha256 }))],
  'Query.ratePlan': nothing(({ ratePlanId: id }) => ({ id })),
  'Query.ratePlans': own(),
  'Query.schemaVersion': nothing(({ schemaVersionId: id }) => ({ id })),
  'Query.schemaVersions': own(),
  'Query.trustedOperation': nothing(({ trustedOperationId: id }) => ({ id })),
  'Query.trustedOperations': own(),
  'Mutation.createApiClient': [own(() => ({ input: { name: 'Robot' } })), nothing(({ ratePlanId }) => ({ input: { name: 'Machine', ratePlanId } }))],
  'Mutation.updateApiClient': [
    nothing(({ apiClientId: id }) => ({ input: { id, description: 'Nothing' } })),
    nothing(({ ratePlanId }, { apiClientId: id }) => ({ input: { id, ratePlanId } })),
  ],
  'Mutation.createApiKey': nothing(({ apiClientId }) => ({ input: { apiClientId, name: 'Key', scopes: ['contacts:read'] } })),
  'Mutation.revokeApiKey': nothing(({ apiKeyId: id }) => ({ input: { id } })),
  'Mutation.createRatePlan': own(() => ({ input: { name: 'Slow', requestsPerDay: 1, requestsPerMinute: 1 } })),
  'Mutation.updateRatePlan': nothing(({ ratePlanId: id }) => ({ input: { id, requestsPerDay: 1_000 } })),
  'Mutation.checkSchema': own(() => ({ input: { sdl: 'type Query { contract: String }' } })),
  'Mutation.publishSchemaVersion': own(() => ({ input: { sdl: 'type Query { lease: String contract: String }', changelog: 'More' } })),
  'Mutation.recordOperationUsage': own(({ operationSha256: sha256 }) => ({ input: { counts: [{ sha256, at: '2026-01-02T09:00:00Z', requests: 1 }], idempotencyKey: 'probe' } })),
  // Registered by both already: the same text is an operation of each.
  'Mutation.registerTrustedOperation': own(() => ({ input: { body: 'query Contacts { contacts { edges { cursor } } }' } })),
  'Mutation.retireTrustedOperation': nothing(({ trustedOperationId: id }) => ({ input: { id } })),
};
