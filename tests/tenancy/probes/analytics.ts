import { counts, nothing, own, type Table } from './probe.ts';

export const analytics: Table = {
  'Query.dashboard': nothing(({ dashboardId: id }) => ({ id })),
  'Query.dashboards': own(),
  'Query.metric': own(() => ({ name: 'keys-handed-over' })),
  'Query.metrics': counts(),
  'Query.overview': counts(),
  'Mutation.createDashboard': own(() => ({ input: { name: 'Board' } })),
  'Mutation.updateDashboard': nothing(({ dashboardId: id }) => ({ input: { id, name: 'Board' } })),
  'Mutation.addWidget': nothing(({ dashboardId }) => ({ input: { dashboardId, metric: 'keys-handed-over', title: 'Keys' } })),
  'Mutation.updateWidget': nothing(({ widgetId: id }) => ({ input: { id, title: 'Keys' } })),
  'Mutation.removeWidget': nothing(({ widgetId: id }) => ({ input: { id } })),
  'Mutation.deleteDashboard': nothing(({ dashboardId: id }) => ({ input: { id } })),
  'Mutation.defineMetric': own(() => ({ input: { name: 'visits', description: 'Visits', kind: 'GAUGE', unit: 'visits' } })),
  'Mutation.recordMetric': own(() => ({ input: { name: 'keys-handed-over', value: 4, idempotencyKey: 'probe' } })),
};
