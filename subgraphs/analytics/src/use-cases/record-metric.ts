import { invalidInput, once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { platformMetric, recordingModel, refuseRecording, type Metric } from '../domain/metric.ts';
import { dayOf } from '../domain/period.ts';
import { addToMetric } from './add-to-metric.ts';
import { findMetric } from './find-metric.ts';

export type RecordMetricOutcome =
  | { readonly __typename: 'RecordMetricSuccess'; readonly metric: Metric; readonly day: Date; readonly value: number }
  | { readonly __typename: 'MetricNotRecordableError'; readonly message: string }
  | InvalidInput;

const notRecordable = (message: string): RecordMetricOutcome => ({ __typename: 'MetricNotRecordableError', message });

export const recordMetric = async (ctx: Context, input: unknown): Promise<RecordMetricOutcome> => {
  const { organizationId, id: actorId } = requireUser(ctx.actor);
  const read = readInput(recordingModel, input);
  if ('refusal' in read) return read.refusal;
  const { name, value, idempotencyKey } = read.data;
  if (platformMetric(name)) return notRecordable(`The platform counts “${name}” by itself. Record into a metric that you defined.`);
  const metric = await findMetric(ctx, name);
  if (!metric) return notRecordable(`There is no metric “${name}”. Define it first.`);
  const day = dayOf(read.data.day ?? ctx.now());
  const issue = refuseRecording(metric.kind, { value, day }, ctx.now());
  if (issue) return invalidInput([issue]);

  // The day is kept with the outcome: a repetition after midnight still speaks of the first one.
  const kept = await ctx.transaction((tx) =>
    once(tx, { actorId, organizationId, operation: 'recordMetric', key: idempotencyKey, input }, async () => ({
      day: day.toISOString(),
      value: await addToMetric(tx, { organizationId, name, kind: metric.kind, day, value }),
    })),
  );
  return { __typename: 'RecordMetricSuccess', metric, day: new Date(kept.day), value: kept.value };
};
