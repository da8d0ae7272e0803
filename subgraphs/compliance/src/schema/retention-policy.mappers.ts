export type { RetentionPolicy as RetentionPolicyMapper } from '../__generated__/prisma/client.ts';
