import type { EnvelopeState } from '../__generated__/prisma/client.ts';

export interface EnvelopeNotDraft {
  readonly __typename: 'EnvelopeNotDraftError';
  readonly message: string;
  readonly state: EnvelopeState;
}

/** Only drafts can be changed, deleted or sent; null for a draft. */
export const refuseUnlessDraft = ({ state }: { readonly state: EnvelopeState }): EnvelopeNotDraft | null =>
  state === 'CREATED' ? null : { __typename: 'EnvelopeNotDraftError', message: 'The envelope was sent already. To change it, void it and make a new one.', state };
