import type { Context } from '../context.ts';
import type { Overview } from '../domain/overview.ts';
import { addDays, readPeriod, type AskedPeriod } from '../domain/period.ts';
import { visible } from '../policies.ts';

type Figures = Omit<Overview, 'from' | 'to' | 'completionRate'>;

/** The key figures of the envelopes that the actor's organization sent in a period. */
export const computeOverview = async (ctx: Context, asked: AskedPeriod): Promise<Overview> => {
  const { organizationId } = visible(ctx.actor);
  const { from, to } = readPeriod(asked, ctx.now());
  const [figures] = await ctx.db.$queryRaw<[Figures]>`
    with sent as (
      select outcome, extract(epoch from "endedAt" - "sentAt")::float8 as seconds from "EnvelopeCourse"
      where "organizationId" = ${organizationId} and "sentAt" >= ${from} and "sentAt" < ${addDays(to, 1)})
    select
      count(*)::int as sent,
      count(*) filter (where outcome = 'COMPLETED')::int as completed,
      count(*) filter (where outcome = 'DECLINED')::int as declined,
      count(*) filter (where outcome = 'VOIDED')::int as voided,
      count(*) filter (where outcome = 'EXPIRED')::int as expired,
      count(*) filter (where outcome is null)::int as pending,
      percentile_cont(0.5) within group (order by seconds) filter (where outcome = 'COMPLETED') as "medianSecondsToComplete",
      percentile_cont(0.9) within group (order by seconds) filter (where outcome = 'COMPLETED') as "p90SecondsToComplete"
    from sent`;
  return { from, to, ...figures, completionRate: figures.sent === 0 ? null : figures.completed / figures.sent };
};
