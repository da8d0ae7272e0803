import { connection, type Connection, type PageArgs } from '@buffrsign/kernel';
import type { Analysis, AnalysisKind, AnalysisStatus } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';

export const listAnalyses = (ctx: Context, { status, ...args }: PageArgs & { readonly status?: AnalysisStatus | null | undefined }): Promise<Connection<Analysis>> =>
  connection(args, (page) => ctx.db.analysis.findMany({ ...page, where: { ...(status && { status }), ...page.where, ...visible(ctx.actor) } }));

/** The analyses of one document; null to whoever is no member. */
export const listAnalysesOf = async (ctx: Context, documentId: string, { kind, ...args }: PageArgs & { readonly kind?: AnalysisKind | null | undefined }): Promise<Connection<Analysis> | null> =>
  ctx.actor.kind === 'user' ? connection(args, (page) => ctx.db.analysis.findMany({ ...page, where: { ...(kind && { kind }), ...page.where, documentId, ...visible(ctx.actor) } })) : null;
