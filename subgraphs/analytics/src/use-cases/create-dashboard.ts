import { newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Dashboard } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { newDashboardModel } from '../domain/dashboard.ts';

export type CreateDashboardOutcome = { readonly __typename: 'CreateDashboardSuccess'; readonly dashboard: Dashboard } | InvalidInput;

export const createDashboard = async (ctx: Context, input: unknown): Promise<CreateDashboardOutcome> => {
  const { organizationId, id: createdById } = requireUser(ctx.actor);
  const read = readInput(newDashboardModel, input);
  if ('refusal' in read) return read.refusal;
  const now = ctx.now();
  const dashboard = await ctx.db.dashboard.create({ data: { id: newId('dsh'), organizationId, ...read.data, createdById, createdAt: now, updatedAt: now } });
  return { __typename: 'CreateDashboardSuccess', dashboard };
};
