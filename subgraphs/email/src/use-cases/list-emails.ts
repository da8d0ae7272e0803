import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { EmailMessage } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export const listEmails = (ctx: Context, { state, ...args }: PageArgs & { readonly state?: EmailMessage['state'] | null | undefined }): Promise<Connection<EmailMessage>> =>
  connection(args, (page) => ctx.db.emailMessage.findMany({ ...page, where: { ...page.where, ...visible(ctx.actor), ...(state && { state }) } }));
