import { z } from 'zod';
import { MAX_DAYS } from './period.ts';

/** Widgets on a dashboard at most. */
export const MAX_WIDGETS = 20;

const label = (what: string) => z.string().trim().min(1, `Give the ${what} a name.`).max(100, 'A name has at most 100 characters.');
const dashboard = { name: label('dashboard'), kind: z.enum(['EXECUTIVE', 'OPERATIONAL', 'TECHNICAL', 'CUSTOM']) };
const widget = {
  title: label('widget'),
  metric: z.string(),
  display: z.enum(['NUMBER', 'LINE', 'BAR']),
  granularity: z.enum(['DAY', 'WEEK', 'MONTH']),
  days: z.int().min(1, 'A widget looks back 1 day or more.').max(MAX_DAYS, `A widget looks back at most ${MAX_DAYS} days.`),
};

/** A field that may be left out; null says the same, for none of these can be removed. */
const optional = <Model extends z.ZodType>(model: Model) => model.nullish().transform((value) => value ?? undefined);

export const newDashboardModel = z.object(dashboard);
export const dashboardChangesModel = z.object({ name: optional(dashboard.name), kind: optional(dashboard.kind) });
export const newWidgetModel = z.object(widget);
export const widgetChangesModel = z.object({
  title: optional(widget.title),
  metric: optional(widget.metric),
  display: optional(widget.display),
  granularity: optional(widget.granularity),
  days: optional(widget.days),
});
