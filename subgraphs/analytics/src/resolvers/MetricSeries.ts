import type { MetricSeriesResolvers } from './../__generated__/types.ts';

export const MetricSeries: MetricSeriesResolvers = {};
