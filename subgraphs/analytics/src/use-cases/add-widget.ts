import { newId, readInput, type InvalidInput } from '@buffrsign/kernel';
import type { Dashboard, Widget } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { MAX_WIDGETS, newWidgetModel } from '../domain/dashboard.ts';
import { claimDashboard } from './claim-dashboard.ts';
import { findMetric } from './find-metric.ts';
import { unknownMetric, type UnknownMetric } from './unknown-metric.ts';

export type AddWidgetOutcome =
  | { readonly __typename: 'AddWidgetSuccess'; readonly dashboard: Dashboard; readonly widget: Widget }
  | { readonly __typename: 'DashboardFullError'; readonly message: string; readonly limit: number }
  | UnknownMetric
  | InvalidInput;

const full: AddWidgetOutcome = { __typename: 'DashboardFullError', message: `A dashboard has at most ${MAX_WIDGETS} widgets. Remove one, or make another dashboard.`, limit: MAX_WIDGETS };

export const addWidget = async (ctx: Context, input: { readonly dashboardId: string }): Promise<AddWidgetOutcome> => {
  const read = readInput(newWidgetModel, input);
  if ('refusal' in read) return read.refusal;
  const { metric: metricName, ...shown } = read.data;
  if (!(await findMetric(ctx, metricName))) return unknownMetric(metricName);

  return ctx.transaction(async (tx) => {
    const dashboard = await claimDashboard(tx, ctx.actor, input.dashboardId);
    const { id: dashboardId, organizationId } = dashboard;
    const { _count, _max } = await tx.db.widget.aggregate({ where: { dashboardId }, _count: true, _max: { position: true } });
    if (_count >= MAX_WIDGETS) return full;
    const widget = await tx.db.widget.create({ data: { id: newId('wdg'), organizationId, dashboardId, metricName, ...shown, position: (_max.position ?? 0) + 1 } });
    return { __typename: 'AddWidgetSuccess', dashboard, widget };
  });
};
