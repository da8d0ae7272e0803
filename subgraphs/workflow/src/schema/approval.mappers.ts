export type { Approval as ApprovalMapper } from '../__generated__/prisma/client.ts';
