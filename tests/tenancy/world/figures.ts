import type { Maker } from './maker.ts';
import type { Id } from './people.ts';

/** What analytics, the registry and integrations keep. */
export const makeFigures = async ({ act, read, inner, settled }: Maker, hook: string) => {
  await act('defineMetric', { name: 'keys-handed-over', description: `Keys of ${inner}`, kind: 'COUNTER', unit: 'keys' }, 'metric { name }');
  await act('recordMetric', { name: 'keys-handed-over', value: 3, idempotencyKey: 'record' }, 'value');
  const { dashboard } = await act<{ dashboard: Id }>('createDashboard', { name: `Dashboard ${inner}` }, 'dashboard { id }');
  const { widget } = await act<{ widget: Id }>('addWidget', { dashboardId: dashboard.id, metric: 'keys-handed-over', title: `Keys ${inner}` }, 'widget { id }');

  const { ratePlan } = await act<{ ratePlan: Id }>('createRatePlan', { name: 'Plan', requestsPerMinute: 10, requestsPerDay: 100 }, 'ratePlan { id }');
  const { apiClient } = await act<{ apiClient: Id }>('createApiClient', { name: 'Program', description: `For ${inner}`, ratePlanId: ratePlan.id }, 'apiClient { id }');
  const { apiKey } = await act<{ apiKey: Id }>('createApiKey', { apiClientId: apiClient.id, name: `Key ${inner}`, scopes: ['contacts:read'] }, 'apiKey { id }');
  const { trustedOperation } = await act<{ trustedOperation: Id & { sha256: string } }>('registerTrustedOperation', { body: 'query Contacts { contacts { edges { cursor } } }' }, 'trustedOperation { id sha256 }');
  await act('recordOperationUsage', { counts: [{ sha256: trustedOperation.sha256, at: '2026-01-02T08:00:00Z', requests: 7 }], idempotencyKey: 'usage' }, 'rows');
  const { schemaVersion } = await act<{ schemaVersion: Id }>('publishSchemaVersion', { sdl: 'type Query { lease: String }', changelog: `First of ${inner}` }, 'schemaVersion { id }');

  const { webhookEndpoint } = await act<{ webhookEndpoint: Id }>('createWebhookEndpoint', { url: hook, description: `Hook of ${inner}`, eventTypes: ['ENVELOPE_SENT'] }, 'webhookEndpoint { id }');
  const { webhookDelivery } = await act<{ webhookDelivery: Id }>('testWebhookEndpoint', { id: webhookEndpoint.id }, 'webhookDelivery { id }');
  await settled();
  const { operationUsages } = await read<{ operationUsages: { edges: { node: Id }[] } }>('{ operationUsages { edges { node { id } } } }');
  return {
    dashboardId: dashboard.id,
    widgetId: widget.id,
    ratePlanId: ratePlan.id,
    apiClientId: apiClient.id,
    apiKeyId: apiKey.id,
    trustedOperationId: trustedOperation.id,
    operationSha256: trustedOperation.sha256,
    operationUsageId: operationUsages.edges[0]!.node.id,
    schemaVersionId: schemaVersion.id,
    webhookEndpointId: webhookEndpoint.id,
    webhookDeliveryId: webhookDelivery.id,
  };
};
