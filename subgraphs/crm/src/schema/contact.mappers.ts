export type { Contact as ContactMapper } from '../__generated__/prisma/client.ts';
