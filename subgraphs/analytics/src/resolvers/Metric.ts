import type { MetricResolvers } from './../__generated__/types.ts';
import * as useCases from '../use-cases/index.ts';

export const Metric: MetricResolvers = {
  series: (metric, { from, to, granularity }, ctx) => useCases.readSeries(ctx, metric, { from, to }, granularity),
};
