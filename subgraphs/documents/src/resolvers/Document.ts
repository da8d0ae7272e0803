import type { DocumentResolvers } from './../__generated__/types.ts';
import { pageRange } from '../domain/page-range.ts';
import { originalOf, preparedOf, suggestedFieldsOf } from '../domain/upload-versions.ts';
import * as useCases from '../use-cases/index.ts';

export const Document: DocumentResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.document.load(reference.id),
  accesses: (document, args, ctx) => useCases.listAccesses(ctx, document.id, args),
  download: async (document, _args, ctx) => {
    const prepared = preparedOf(await ctx.load.upload.load(document.id));
    return prepared && ctx.services.links.download(prepared.id, ctx.actor);
  },
  original: async (document, _args, ctx) => originalOf(await ctx.load.upload.load(document.id)),
  pageCount: async (document, _args, ctx) => preparedOf(await ctx.load.upload.load(document.id))?.pageCount ?? null,
  pages: async (document, { from, count }, ctx) => {
    const prepared = preparedOf(await ctx.load.upload.load(document.id));
    return prepared ? ctx.load.pages.load(pageRange(prepared.id, from, count)) : [];
  },
  prepared: async (document, _args, ctx) => preparedOf(await ctx.load.upload.load(document.id)),
  refusal: ({ refusalCode, refusalMessage, refusedAt }) => (refusalCode && refusalMessage && refusedAt ? { code: refusalCode, message: refusalMessage, refusedAt } : null),
  suggestedFields: async (document, _args, ctx) => suggestedFieldsOf(preparedOf(await ctx.load.upload.load(document.id))),
  uploadedBy: (document) => ({ id: document.uploadedById }),
  versions: (document, args, ctx) => useCases.listVersions(ctx, document.id, args),
};
