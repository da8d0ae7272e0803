import type { DocumentPageResolvers } from './../__generated__/types.ts';
import { thumbnailWidth } from '../domain/thumbnail-width.ts';
import * as useCases from '../use-cases/index.ts';

export const DocumentPage: DocumentPageResolvers = {
  text: (page, _args, ctx) => useCases.pageText(ctx, page),
  thumbnailUrl: (page, { maxWidth }, ctx) => ctx.services.links.thumbnail(page, thumbnailWidth(maxWidth), ctx.actor).url,
};
