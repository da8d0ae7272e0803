export type { Verification as VerificationMapper, VerificationCheck as VerificationCheckMapper } from '../__generated__/prisma/client.ts';
export type { ShownDocument as IdentityDocumentMapper } from '../domain/document.ts';
export type RecipientMapper = { id: string };
export type UserMapper = { id: string };
