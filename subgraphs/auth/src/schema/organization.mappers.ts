export type { Organization as OrganizationMapper } from '../__generated__/prisma/client.ts';
