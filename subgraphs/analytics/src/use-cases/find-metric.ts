import type { Context } from '../context.ts';
import type { CustomMetric } from '../__generated__/prisma/client.ts';
import { platformMetric, type Metric } from '../domain/metric.ts';

export const ofOrganization = ({ name, kind, unit, description }: CustomMetric): Metric => ({ name, kind, unit, description, isCustom: true });

/** A metric that the actor may see: the platform's, or their organization's own. */
export const findMetric = async (ctx: Context, name: string): Promise<Metric | null> => {
  const known = platformMetric(name);
  if (known) return known;
  const custom = await ctx.load.customMetric.load(name);
  return custom && ofOrganization(custom);
};

/** The metric that a widget shows: it was there when the widget was made, and metrics are never deleted. */
export const metricOfWidget = async (ctx: Context, name: string): Promise<Metric> => {
  const metric = await findMetric(ctx, name);
  if (!metric) throw new Error(`A widget shows the metric ${name}, which is not there.`);
  return metric;
};
