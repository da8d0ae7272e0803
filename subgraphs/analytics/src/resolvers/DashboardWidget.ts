import type { DashboardWidgetResolvers } from './../__generated__/types.ts';
import * as useCases from '../use-cases/index.ts';

export const DashboardWidget: DashboardWidgetResolvers = {
  metric: ({ metricName }, _args, ctx) => useCases.metricOfWidget(ctx, metricName),
  series: (widget, _args, ctx) => useCases.readSeriesOfWidget(ctx, widget),
};
