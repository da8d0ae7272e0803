import { connection, requireUser, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { Envelope, EnvelopeState } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { openStates } from '../domain/envelope-state.ts';
import { askedStates } from '../domain/recipient-state.ts';
import { visible } from '../policies.ts';

export const listEnvelopes = (ctx: Context, args: PageArgs & { readonly states?: readonly EnvelopeState[] | null | undefined }): Promise<Connection<Envelope>> => {
  const inStates = args.states ? { state: { in: [...args.states] } } : {};
  return connection(args, (page) => ctx.db.envelope.findMany({ ...page, where: { AND: [page.where, inStates, visible(ctx.actor)] } }));
};

/** Envelopes in which a recipient who was asked has the member's address. A member who is not known here waits for nothing. */
export const listEnvelopesAwaitingMe = async (ctx: Context, args: PageArgs): Promise<Connection<Envelope>> => {
  const { id: userId, organizationId } = requireUser(ctx.actor);
  const member = await ctx.db.memberCopy.findUnique({ where: { organizationId_userId: { organizationId, userId }, active: true } });
  const awaiting = { organizationId, state: { in: [...openStates] }, expiresAt: { gt: ctx.now() }, recipients: { some: { email: member?.email ?? '', state: { in: [...askedStates] } } } };
  return connection(args, async (page) => (member ? ctx.db.envelope.findMany({ ...page, where: { AND: [page.where, awaiting] } }) : []));
};

export const listEnvelopesOfDocument = (ctx: Context, documentId: string, args: PageArgs): Promise<Connection<Envelope>> =>
  connection(args, (page) => ctx.load.envelopesOfDocument.load({ documentId, before: page.where.id?.lt, take: page.take }));
