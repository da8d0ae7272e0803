import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { DocumentVersion } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visibleVersions } from '../policies.ts';

export const listVersions = (ctx: Context, documentId: string, args: PageArgs): Promise<Connection<DocumentVersion>> =>
  connection(args, (page) => ctx.db.documentVersion.findMany({ ...page, where: { ...page.where, documentId, ...visibleVersions(ctx.actor) } }));
