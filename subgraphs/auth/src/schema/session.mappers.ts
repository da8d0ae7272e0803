export type { Session as SessionMapper } from '../__generated__/prisma/client.ts';
