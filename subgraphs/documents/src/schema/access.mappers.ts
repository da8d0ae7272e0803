export type { DocumentAccess as DocumentAccessMapper } from '../__generated__/prisma/client.ts';

export interface RecipientMapper {
  readonly id: string;
}
