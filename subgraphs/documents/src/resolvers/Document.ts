import type { DocumentResolvers } from './../__generated__/types.ts';
import { pageRange } from '../domain/page-range.ts';
import * as useCases from '../use-cases/index.ts';

export const Document: DocumentResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.document.load(reference.id),
  accesses: (document, args, ctx) => useCases.listAccesses(ctx, document.id, args),
  download: async (document, _args, ctx) => {
    const original = await ctx.load.original.load(document.id);
    return original && ctx.services.links.download(original.id, ctx.actor);
  },
  original: (document, _args, ctx) => ctx.load.original.load(document.id),
  pageCount: async (document, _args, ctx) => (await ctx.load.original.load(document.id))?.pageCount ?? null,
  pages: async (document, { from, count }, ctx) => {
    const original = await ctx.load.original.load(document.id);
    return original ? ctx.load.pages.load(pageRange(original.id, from, count)) : [];
  },
  refusal: ({ refusalCode, refusalMessage, refusedAt }) => (refusalCode && refusalMessage && refusedAt ? { code: refusalCode, message: refusalMessage, refusedAt } : null),
  uploadedBy: (document) => ({ id: document.uploadedById }),
  versions: (document, args, ctx) => useCases.listVersions(ctx, document.id, args),
};
