import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { Notification } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { ownShown } from '../policies.ts';

export const listNotifications = (ctx: Context, { unreadOnly, ...args }: PageArgs & { readonly unreadOnly?: boolean | null | undefined }): Promise<Connection<Notification>> =>
  connection(args, (page) => ctx.db.notification.findMany({ ...page, where: { ...page.where, ...ownShown(ctx.actor), ...(unreadOnly && { readAt: null }) } }));

export const countUnread = (ctx: Context): Promise<number> => ctx.db.notification.count({ where: { ...ownShown(ctx.actor), readAt: null } });
