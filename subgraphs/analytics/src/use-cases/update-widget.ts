import { found, Problem, readInput, type InvalidInput } from '@buffrsign/kernel';
import type { Widget } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { widgetChangesModel } from '../domain/dashboard.ts';
import { visible } from '../policies.ts';
import { claimDashboard } from './claim-dashboard.ts';
import { findMetric } from './find-metric.ts';
import { unknownMetric, type UnknownMetric } from './unknown-metric.ts';
import { withoutUndefined } from './without-undefined.ts';

export type UpdateWidgetOutcome = { readonly __typename: 'UpdateWidgetSuccess'; readonly widget: Widget } | UnknownMetric | InvalidInput;

export const updateWidget = async (ctx: Context, input: { readonly id: string }): Promise<UpdateWidgetOutcome> => {
  const read = readInput(widgetChangesModel, input);
  if ('refusal' in read) return read.refusal;
  const { metric: metricName, ...shown } = read.data;
  if (metricName !== undefined && !(await findMetric(ctx, metricName))) return unknownMetric(metricName);

  return ctx.transaction(async (tx) => {
    const present = found(await tx.db.widget.findFirst({ where: { id: input.id, ...visible(ctx.actor) } }));
    await claimDashboard(tx, ctx.actor, present.dashboardId);
    const [widget] = await tx.db.widget.updateManyAndReturn({ where: { id: present.id }, data: withoutUndefined({ metricName, ...shown }) });
    if (!widget) throw new Problem('NOT_FOUND');
    return { __typename: 'UpdateWidgetSuccess', widget };
  });
};
