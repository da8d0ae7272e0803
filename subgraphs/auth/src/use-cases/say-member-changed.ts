import type { Membership, User } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { memberChanged } from '../events.ts';

/** Tells the other subgraphs how a member is now. Who left is no member that could change. */
export const sayMemberChanged = async (tx: Tx, { id: userId, name, email }: User, { organizationId, role, status }: Membership): Promise<void> => {
  if (status === 'INACTIVE') return;
  await tx.publish(memberChanged, { subject: userId, organizationId }, { userId, name, email, role, status });
};
