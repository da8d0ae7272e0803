/** What this subgraph can do. */
export { checkSchema } from './check-schema.ts';
export { createApiClient } from './create-api-client.ts';
export { createApiKey } from './create-api-key.ts';
export { createRatePlan } from './create-rate-plan.ts';
export { listApiClients, listApiKeys, listOperationUsages, listRatePlans, listSchemaVersions, listTrustedOperations } from './lists.ts';
export { publishSchemaVersion } from './publish-schema-version.ts';
export { recordOperationUsage } from './record-operation-usage.ts';
export { registerTrustedOperation } from './register-trusted-operation.ts';
export { retireTrustedOperation } from './retire-trusted-operation.ts';
export { revokeApiKey } from './revoke-api-key.ts';
export { updateApiClient } from './update-api-client.ts';
export { updateRatePlan } from './update-rate-plan.ts';
