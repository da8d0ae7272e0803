import { byForeignKey, byId, byKey, type LoaderSource } from '@buffrsign/kernel';
import DataLoader from 'dataloader';
import type { Database } from './database.ts';
import type { Period } from './domain/period.ts';
import type { DayValue } from './domain/series.ts';
import { visible } from './policies.ts';

export const dashboard = ({ db, actor }: LoaderSource<Database>) => byId((ids) => db.dashboard.findMany({ where: { id: { in: [...ids] }, ...visible(actor) } }));

export const widgetsOfDashboard = ({ db, actor }: LoaderSource<Database>) =>
  byForeignKey(
    (ids) => db.widget.findMany({ where: { dashboardId: { in: [...ids] }, ...visible(actor) }, orderBy: [{ position: 'asc' }, { id: 'asc' }] }),
    (widget) => widget.dashboardId,
  );

export const customMetric = ({ db, actor }: LoaderSource<Database>) =>
  byKey(
    (names) => db.customMetric.findMany({ where: { name: { in: [...names] }, ...visible(actor) } }),
    (metric) => metric.name,
  );

/** The values of the days of a period, oldest first. However many metrics and periods are asked for at once, one query. */
export const dayValues = ({ db, actor }: LoaderSource<Database>) =>
  new DataLoader<Period & { readonly name: string }, readonly DayValue[], string>(
    async (keys) => {
      const from = new Date(Math.min(...keys.map((key) => key.from.getTime())));
      const to = new Date(Math.max(...keys.map((key) => key.to.getTime())));
      const names = [...new Set(keys.map((key) => key.name))];
      const rows = await db.metricPoint.findMany({ where: { ...visible(actor), name: { in: names }, day: { gte: from, lte: to } }, orderBy: { day: 'asc' } });
      const values = Map.groupBy(rows.map(({ name, day, value }) => ({ name, day, value: value.toNumber() })), ({ name }) => name);
      return keys.map((key) => values.get(key.name) ?? []);
    },
    { cacheKeyFn: ({ name, from, to }) => `${name} ${from.getTime()} ${to.getTime()}` },
  );
