import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { Membership, MemberStatus } from '../__generated__/prisma/client.ts';
import type { Acting } from '../context.ts';
import { visible } from '../policies.ts';

export const listMembers = (ctx: Acting, { status, ...args }: PageArgs & { readonly status?: MemberStatus | null | undefined }): Promise<Connection<Membership>> =>
  connection(args, (page) => ctx.db.membership.findMany({ ...page, where: { ...page.where, ...visible(ctx.actor), status: status ?? { not: 'INACTIVE' } } }));
