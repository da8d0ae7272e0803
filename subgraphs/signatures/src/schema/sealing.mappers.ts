export type { Sealing as SealingMapper } from '../__generated__/prisma/client.ts';
