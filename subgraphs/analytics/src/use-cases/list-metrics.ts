import type { Context } from '../context.ts';
import { platformMetric, platformMetrics, type Metric } from '../domain/metric.ts';
import { visible } from '../policies.ts';
import { ofOrganization } from './find-metric.ts';

/** The platform's metrics, then the organization's own, by name. */
export const listMetrics = async (ctx: Context): Promise<Metric[]> => {
  const custom = await ctx.db.customMetric.findMany({ where: visible(ctx.actor), orderBy: { name: 'asc' } });
  const ofPlatform = Object.keys(platformMetrics).flatMap((name) => platformMetric(name) ?? []);
  return [...ofPlatform, ...custom.map(ofOrganization)];
};
