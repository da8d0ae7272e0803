export type { TrustedOperation as TrustedOperationMapper } from '../__generated__/prisma/client.ts';
