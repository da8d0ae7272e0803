import type { Widget } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import type { Metric } from '../domain/metric.ts';
import { lastDays, readPeriod, type AskedPeriod, type Period } from '../domain/period.ts';
import { toSeries, type Granularity, type Series } from '../domain/series.ts';
import { metricOfWidget } from './find-metric.ts';

const seriesOf = async (ctx: Context, metric: Metric, period: Period, granularity: Granularity): Promise<Series> =>
  toSeries(metric.kind, await ctx.load.dayValues.load({ name: metric.name, ...period }), period, granularity);

/** The values of a metric over the period that somebody asks for. */
export const readSeries = (ctx: Context, metric: Metric, asked: AskedPeriod, granularity: Granularity): Promise<Series> =>
  seriesOf(ctx, metric, readPeriod(asked, ctx.now()), granularity);

/** What a widget shows at this moment. */
export const readSeriesOfWidget = async (ctx: Context, widget: Widget): Promise<Series> =>
  seriesOf(ctx, await metricOfWidget(ctx, widget.metricName), lastDays(widget.days, ctx.now()), widget.granularity);
