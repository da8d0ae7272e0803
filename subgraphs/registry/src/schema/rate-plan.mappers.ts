export type { RatePlan as RatePlanMapper } from '../__generated__/prisma/client.ts';
