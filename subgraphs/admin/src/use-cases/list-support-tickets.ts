import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { SupportTicket, SupportTicketStatus } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export const listSupportTickets = (ctx: Context, { status, ...args }: PageArgs & { readonly status?: SupportTicketStatus | null | undefined }): Promise<Connection<SupportTicket>> =>
  connection(args, (page) => ctx.db.supportTicket.findMany({ ...page, where: { ...(status && { status }), ...page.where, ...visible(ctx.actor) } }));
