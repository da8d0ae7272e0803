export type { Invitation as InvitationMapper } from '../__generated__/prisma/client.ts';
