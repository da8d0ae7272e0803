import { found, type Guest } from '@buffrsign/kernel';
import type { Recipient } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { lockEnvelope, type LockedEnvelope } from './envelope-row.ts';

/** The envelope that a guest was let in to, locked, and the recipient who they are. @throws Problem NOT_FOUND */
export const lockForGuest = async (tx: Tx, guest: Guest): Promise<{ readonly envelope: LockedEnvelope; readonly recipient: Recipient }> => {
  const envelope = await lockEnvelope(tx, { id: guest.resourceId, organizationId: guest.organizationId });
  const recipient = found(envelope.recipients.find(({ id }) => id === guest.id));
  return { envelope, recipient };
};
