import { newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { MAX_CUSTOM_METRICS, newMetricModel, type Metric } from '../domain/metric.ts';
import { ofOrganization } from './find-metric.ts';

export type DefineMetricOutcome =
  | { readonly __typename: 'DefineMetricSuccess'; readonly metric: Metric }
  | { readonly __typename: 'MetricExistsError'; readonly message: string; readonly metric: Metric }
  | { readonly __typename: 'MetricLimitError'; readonly message: string; readonly limit: number }
  | InvalidInput;

const limitReached: DefineMetricOutcome = {
  __typename: 'MetricLimitError',
  message: `An organization can define ${MAX_CUSTOM_METRICS} metrics, and all of them are there. Record into one that exists.`,
  limit: MAX_CUSTOM_METRICS,
};

export const defineMetric = async (ctx: Context, input: unknown): Promise<DefineMetricOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  const read = readInput(newMetricModel, input);
  if ('refusal' in read) return read.refusal;
  const { name } = read.data;

  return ctx.transaction(async (tx) => {
    // One definition of an organization at a time, or two could both see room for the last one.
    await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`metrics of ${organizationId}`}, 0))`;
    const present = await tx.db.customMetric.findUnique({ where: { organizationId_name: { organizationId, name } } });
    if (present) return { __typename: 'MetricExistsError', message: `There is a metric “${name}” already. Record into it, or choose another name.`, metric: ofOrganization(present) };
    if ((await tx.db.customMetric.count({ where: { organizationId } })) >= MAX_CUSTOM_METRICS) return limitReached;
    const metric = await tx.db.customMetric.create({ data: { id: newId('met'), organizationId, ...read.data, createdAt: tx.now } });
    return { __typename: 'DefineMetricSuccess', metric: ofOrganization(metric) };
  });
};
