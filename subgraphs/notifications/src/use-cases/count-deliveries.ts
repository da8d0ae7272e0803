import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

/** Counts the deliveries of the actor's organization that were sent on their way in a time. */
export const countDeliveries = async (ctx: Context, { from, until }: { readonly from?: Date | null | undefined; readonly until?: Date | null | undefined }) => {
  const createdAt = { ...(from && { gte: from }), ...(until && { lt: until }) };
  const groups = await ctx.db.delivery.groupBy({ by: ['channel', 'state'], where: { ...visible(ctx.actor), createdAt }, _count: true, orderBy: [{ channel: 'asc' }, { state: 'asc' }] });
  return groups.map(({ channel, state, _count }) => ({ channel, state, count: _count }));
};
