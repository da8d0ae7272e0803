import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { Document, DocumentState } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export const listDocuments = (ctx: Context, { state, ...args }: PageArgs & { readonly state?: DocumentState | null | undefined }): Promise<Connection<Document>> =>
  connection(args, (page) => ctx.db.document.findMany({ ...page, where: { ...page.where, ...visible(ctx.actor), state: state ?? { not: 'DELETED' } } }));
