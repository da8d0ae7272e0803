import { found } from '@buffrsign/kernel';
import type { DocumentVersionResolvers } from './../__generated__/types.ts';
import { pageRange } from '../domain/page-range.ts';

export const DocumentVersion: DocumentVersionResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.version.load(reference.id),
  content: (version) => (version.pageCount === null ? null : version),
  document: async (version, _args, ctx) => found(await ctx.load.document.load(version.documentId)),
  download: (version, _args, ctx) => ctx.services.links.download(version.id, ctx.actor),
  envelope: (version) => (version.envelopeId === null ? null : { id: version.envelopeId }),
  pages: (version, { from, count }, ctx) => ctx.load.pages.load(pageRange(version.id, from, count)),
};
