export type { User as UserMapper } from '../__generated__/prisma/client.ts';
export type { ViewerMapper } from '../use-cases/view-viewer.ts';
