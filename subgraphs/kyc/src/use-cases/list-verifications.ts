import { connection, type PageArgs } from '@buffrsign/kernel';
import type { VerificationState } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export const listVerifications = ({ db, actor }: Context, { state, ...args }: PageArgs & { readonly state?: VerificationState | null | undefined }) =>
  connection(args, (page) => db.verification.findMany({ ...page, where: { ...page.where, ...visible(actor), ...(state && { state }) } }));
