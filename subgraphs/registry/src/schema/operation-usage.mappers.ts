export type { OperationUsage as OperationUsageMapper } from '../__generated__/prisma/client.ts';
