import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { AuditLogEntry } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

interface Filter {
  readonly subject?: string | null | undefined;
  readonly type?: string | null | undefined;
  readonly actorId?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

const whereOf = ({ subject, type, actorId, since, until }: Filter) => ({
  ...(subject && { subject }),
  ...(type && { type }),
  ...(actorId && { actorId }),
  ...((since || until) && { occurredAt: { ...(since && { gte: since }), ...(until && { lt: until }) } }),
});

export const listAuditLog = (ctx: Context, { filter, ...args }: PageArgs & { readonly filter?: Filter | null | undefined }): Promise<Connection<AuditLogEntry>> =>
  connection(args, (page) => ctx.db.auditLogEntry.findMany({ ...page, where: { ...whereOf(filter ?? {}), ...page.where, ...visible(ctx.actor) } }));
