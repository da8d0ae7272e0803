export type { Removal as DocumentRemovalMapper, SuggestedField as SuggestedFieldMapper } from '../pdf/index.ts';
export type { DocumentPage as DocumentPageMapper, DocumentVersion as DocumentContentMapper, DocumentVersion as DocumentVersionMapper } from '../__generated__/prisma/client.ts';

export interface EnvelopeMapper {
  readonly id: string;
}
