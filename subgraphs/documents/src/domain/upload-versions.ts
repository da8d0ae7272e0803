import type { DocumentVersion } from '../__generated__/prisma/client.ts';
import type { Removal, SuggestedField } from '../pdf/index.ts';

/** The file as it was uploaded. */
export const originalOf = (versions: readonly DocumentVersion[]): DocumentVersion | null => versions.find(({ kind }) => kind === 'ORIGINAL') ?? null;

/** The file that is signed; of a document from before uploads were prepared, the original. */
export const preparedOf = (versions: readonly DocumentVersion[]): DocumentVersion | null => versions.find(({ kind }) => kind === 'PREPARED') ?? originalOf(versions);

// Both columns are written here only, as these types.
export const suggestedFieldsOf = (version: DocumentVersion | null): readonly SuggestedField[] => (version?.suggestedFields ?? []) as unknown as SuggestedField[];
export const removedOf = ({ removed }: DocumentVersion): readonly Removal[] => (removed ?? []) as unknown as Removal[];
