import type { Transaction } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import type { Database } from '../database.ts';
import type { MetricKind, PlatformMetricName } from '../domain/metric.ts';
import { dayOf } from '../domain/period.ts';

export interface Addition {
  readonly organizationId: string;
  readonly name: string;
  readonly kind: MetricKind;
  readonly day: Date;
  readonly value: number;
}

/** Adds a value to a metric and gives what the day comes to. Many may add at once: the database does the sum. */
export const addToMetric = async (tx: Transaction<Database>, { organizationId, name, kind, day, value }: Addition): Promise<number> => {
  const [point] = await tx.db.$queryRaw<[{ value: number }]>`
    insert into "MetricPoint" as point ("organizationId", name, day, value, "recordedAt")
    values (${organizationId}, ${name}, ${day}::date, ${value}::numeric, ${tx.now})
    on conflict ("organizationId", name, day) do update
      set value = case when ${kind} = 'COUNTER' then point.value + excluded.value else excluded.value end, "recordedAt" = excluded."recordedAt"
    returning value::float8`;
  return point.value;
};

/** Counts one thing that happened. */
export const countFact = async (tx: Work, fact: { readonly organizationId: string; readonly name: PlatformMetricName; readonly at: Date }): Promise<void> => {
  await addToMetric(tx, { organizationId: fact.organizationId, name: fact.name, kind: 'COUNTER', day: dayOf(fact.at), value: 1 });
};
