/** What this subgraph can do. */
export { addToMetric, countFact } from './add-to-metric.ts';
export { addWidget } from './add-widget.ts';
export { computeOverview } from './compute-overview.ts';
export { createDashboard } from './create-dashboard.ts';
export { defineMetric } from './define-metric.ts';
export { deleteDashboard } from './delete-dashboard.ts';
export { findMetric, metricOfWidget } from './find-metric.ts';
export { listDashboards } from './list-dashboards.ts';
export { listMetrics } from './list-metrics.ts';
export { noteEnvelope } from './note-envelope.ts';
export { readSeries, readSeriesOfWidget } from './read-series.ts';
export { recordMetric } from './record-metric.ts';
export { removeWidget } from './remove-widget.ts';
export { updateDashboard } from './update-dashboard.ts';
export { updateWidget } from './update-widget.ts';
