import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { Contact } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export const listContacts = (ctx: Context, args: PageArgs): Promise<Connection<Contact>> =>
  connection(args, (page) => ctx.db.contact.findMany({ ...page, where: { ...page.where, ...visible(ctx.actor) } }));
