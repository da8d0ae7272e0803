import type { Acting } from '../context.ts';
import { builtInViews, customView, type RoleView } from '../domain/roles.ts';
import { visible } from '../policies.ts';

export const listRoles = async (ctx: Acting): Promise<readonly RoleView[]> => {
  const rows = await ctx.db.customRole.findMany({ where: visible(ctx.actor), orderBy: { nameKey: 'asc' } });
  return [...builtInViews, ...rows.map(customView)];
};
