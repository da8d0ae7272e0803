import type { MetricKind } from './metric.ts';
import { addDays, type Period } from './period.ts';

export type Granularity = 'DAY' | 'WEEK' | 'MONTH';

/** What a metric came to on one day. */
export interface DayValue {
  readonly day: Date;
  readonly value: number;
}

export interface SeriesPoint {
  readonly from: Date;
  readonly value: number | null;
}

export interface Series extends Period {
  readonly granularity: Granularity;
  readonly total: number | null;
  readonly points: readonly SeriesPoint[];
}

const SUNDAY = 0;

/** The last day of the stretch that a day lies in. */
const endOf = (day: Date, granularity: Granularity): Date => {
  if (granularity === 'DAY') return day;
  if (granularity === 'MONTH') return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0));
  const weekday = day.getUTCDay();
  return weekday === SUNDAY ? day : addDays(day, 7 - weekday);
};

const comeTo = (kind: MetricKind, values: readonly DayValue[]): number | null => {
  // Values have four decimals; adding them as whole numbers keeps 0.1 + 0.2 at 0.3.
  if (kind === 'COUNTER') return values.reduce((sum, { value }) => sum + Math.round(value * 10_000), 0) / 10_000;
  return values.at(-1)?.value ?? null;
};

/** Puts the values of days, oldest first, into the stretches of a period, without gaps. */
export const toSeries = (kind: MetricKind, values: readonly DayValue[], period: Period, granularity: Granularity): Series => {
  const within = (from: Date, to: Date) => values.filter(({ day }) => day >= from && day <= to);
  const points: SeriesPoint[] = [];
  for (let from = period.from; from <= period.to; ) {
    const end = endOf(from, granularity);
    points.push({ from, value: comeTo(kind, within(from, end < period.to ? end : period.to)) });
    from = addDays(end, 1);
  }
  return { ...period, granularity, total: comeTo(kind, within(period.from, period.to)), points };
};
