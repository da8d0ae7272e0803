import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { SupportTicketMessage } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export const listTicketMessages = (ctx: Context, ticketId: string, args: PageArgs): Promise<Connection<SupportTicketMessage>> =>
  connection(args, (page) => ctx.db.supportTicketMessage.findMany({ ...page, where: { ...page.where, ticketId, ...visible(ctx.actor) } }));
