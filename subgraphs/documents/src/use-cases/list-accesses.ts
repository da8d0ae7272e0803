import { connection, requireUser, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { DocumentAccess } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';

/** For members only: recipients do not learn of each other here. */
export const listAccesses = (ctx: Context, documentId: string, args: PageArgs): Promise<Connection<DocumentAccess>> => {
  const { organizationId } = requireUser(ctx.actor);
  return connection(args, (page) => ctx.db.documentAccess.findMany({ ...page, where: { ...page.where, documentId, organizationId } }));
};
