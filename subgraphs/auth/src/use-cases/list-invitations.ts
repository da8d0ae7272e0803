import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { Invitation, Prisma } from '../__generated__/prisma/client.ts';
import type { Acting } from '../context.ts';
import { visible } from '../policies.ts';

type Status = Invitation['status'] | 'EXPIRED';

const having = (status: Status | null | undefined, now: Date): Prisma.InvitationWhereInput => {
  if (status === 'EXPIRED') return { status: 'PENDING', expiresAt: { lte: now } };
  if (status === 'PENDING') return { status, expiresAt: { gt: now } };
  return status ? { status } : {};
};

export const listInvitations = (ctx: Acting, { status, ...args }: PageArgs & { readonly status?: Status | null | undefined }): Promise<Connection<Invitation>> =>
  connection(args, (page) => ctx.db.invitation.findMany({ ...page, where: { ...page.where, ...visible(ctx.actor), ...having(status, ctx.now()) } }));
