import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { Session } from '../__generated__/prisma/client.ts';
import type { Acting } from '../context.ts';
import { own } from '../policies.ts';

export const listSessions = (ctx: Acting, args: PageArgs): Promise<Connection<Session>> =>
  connection(args, (page) => ctx.db.session.findMany({ ...page, where: { ...page.where, ...own(ctx.actor), endedAt: null, expiresAt: { gt: ctx.now() } } }));
