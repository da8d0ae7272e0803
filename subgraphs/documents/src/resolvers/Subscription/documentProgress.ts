import { found } from '@buffrsign/kernel';
import type { SubscriptionResolvers } from './../../__generated__/types.ts';
import type { Context } from '../../context.ts';
import type { Progress } from '../../use-cases/follow-document.ts';
import * as useCases from '../../use-cases/index.ts';

export const documentProgress: NonNullable<SubscriptionResolvers['documentProgress']> = {
  subscribe: (_root, { documentId }, ctx) => useCases.followDocument(ctx, documentId),
  resolve: async ({ documentId, occurredAt }: Progress, _args: unknown, ctx: Context) => ({ document: found(await ctx.load.document.load(documentId)), occurredAt }),
};
