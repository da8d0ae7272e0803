import { readInput, type InvalidInput } from '@buffrsign/kernel';
import type { Dashboard } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { dashboardChangesModel } from '../domain/dashboard.ts';
import { claimDashboard } from './claim-dashboard.ts';
import { withoutUndefined } from './without-undefined.ts';

export type UpdateDashboardOutcome = { readonly __typename: 'UpdateDashboardSuccess'; readonly dashboard: Dashboard } | InvalidInput;

export const updateDashboard = async (ctx: Context, input: { readonly id: string }): Promise<UpdateDashboardOutcome> => {
  const read = readInput(dashboardChangesModel, input);
  if ('refusal' in read) return read.refusal;
  return ctx.transaction(async (tx) => {
    const { id } = await claimDashboard(tx, ctx.actor, input.id);
    const dashboard = await tx.db.dashboard.update({ where: { id }, data: withoutUndefined(read.data) });
    return { __typename: 'UpdateDashboardSuccess', dashboard };
  });
};
