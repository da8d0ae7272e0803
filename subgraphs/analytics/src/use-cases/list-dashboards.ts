import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { Dashboard } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export const listDashboards = (ctx: Context, args: PageArgs): Promise<Connection<Dashboard>> =>
  connection(args, (page) => ctx.db.dashboard.findMany({ ...page, where: { ...page.where, ...visible(ctx.actor) } }));
