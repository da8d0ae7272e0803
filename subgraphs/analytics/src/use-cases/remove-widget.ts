import { found, Problem } from '@buffrsign/kernel';
import type { Dashboard } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';
import { claimDashboard } from './claim-dashboard.ts';

export const removeWidget = (ctx: Context, { id }: { readonly id: string }): Promise<{ readonly __typename: 'RemoveWidgetSuccess'; readonly dashboard: Dashboard }> =>
  ctx.transaction(async (tx) => {
    const present = found(await tx.db.widget.findFirst({ where: { id, ...visible(ctx.actor) } }));
    const dashboard = await claimDashboard(tx, ctx.actor, present.dashboardId);
    const { count } = await tx.db.widget.deleteMany({ where: { id: present.id } });
    if (count === 0) throw new Problem('NOT_FOUND');
    return { __typename: 'RemoveWidgetSuccess', dashboard };
  });
