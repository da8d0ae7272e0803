import { Problem } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export const deleteDashboard = async (ctx: Context, { id }: { readonly id: string }): Promise<{ readonly __typename: 'DeleteDashboardSuccess'; readonly deletedDashboardId: string }> => {
  const { count } = await ctx.db.dashboard.deleteMany({ where: { id, ...visible(ctx.actor) } });
  if (count === 0) throw new Problem('NOT_FOUND');
  return { __typename: 'DeleteDashboardSuccess', deletedDashboardId: id };
};
