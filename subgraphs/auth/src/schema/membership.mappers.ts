export type { Membership as MembershipMapper } from '../__generated__/prisma/client.ts';
