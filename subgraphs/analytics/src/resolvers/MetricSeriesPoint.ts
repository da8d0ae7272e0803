import type { MetricSeriesPointResolvers } from './../__generated__/types.ts';

export const MetricSeriesPoint: MetricSeriesPointResolvers = {};
