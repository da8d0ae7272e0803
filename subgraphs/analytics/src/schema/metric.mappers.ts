export type { Metric as MetricMapper } from '../domain/metric.ts';
