import { memberJoined } from '@buffrsign/auth/events';
import { newId, seal, type EventData, type User } from '@buffrsign/kernel';
import { aUser, startTestSubgraph, testSecrets } from '@buffrsign/kernel/testing';
import type { envelopeCompleted, recipientSent } from '@buffrsign/signatures/events';
import type { Database } from '../../src/database.ts';
import type { Services } from '../../src/services.ts';
import { notifications } from '../../src/subgraph.ts';

export const scopes = ['notifications:read', 'notifications:write', 'envelopes:read', 'metrics:read', 'emails:read'];
export const LINK = 'https://sign.example.na/sign/very-secret';

export const startNotifications = () => startTestSubgraph<Database, Services>(notifications);
export type NotificationsGraph = Awaited<ReturnType<typeof startNotifications>>;

export const sealed = (text: string): string => seal(text, testSecrets.DATA_KEY);

/** A member of an organization, known to the subgraph. */
export const join = async (graph: NotificationsGraph, of: Partial<User> & { name?: string; email?: string } = {}): Promise<User & { name: string; email: string }> => {
  const { name = 'Selma Kandjii', email = `${newId('who')}@example.na`, ...rest } = of;
  const user = aUser(scopes, rest);
  await graph.tell(memberJoined, { subject: user.id, organizationId: user.organizationId }, { userId: user.id, name, email, role: 'MEMBER' });
  return { ...user, name, email };
};

/** An envelope of a sender, with the data that facts about it share. */
export const anEnvelope = (sender: User) => {
  const envelope = { envelopeId: newId('env'), title: 'Lease', documentId: newId('doc'), senderId: sender.id };
  const ndapewa = { recipientId: newId('rcp'), name: 'Ndapewa Shilongo', email: `${newId('who')}@example.na`, routingOrder: 1 };
  const tangeni = { recipientId: newId('rcp'), name: 'Tangeni Iipinge', email: `${newId('who')}@example.na`, routingOrder: 2 };
  return {
    ...envelope,
    recipients: [ndapewa, tangeni] as const,
    about: { subject: envelope.envelopeId, organizationId: sender.organizationId },
    data: envelope,
    sent: (recipient = ndapewa): EventData<typeof recipientSent> => ({ ...envelope, ...recipient, message: 'Please by Friday.', sealedLink: sealed(LINK), expiresAt: '2026-06-01T08:00:00.000Z' }),
    completed: (): EventData<typeof envelopeCompleted> => ({ ...envelope, recipients: [ndapewa, tangeni], sha256: 'a'.repeat(64), size: 1, completedAt: '2026-05-01T08:00:00.000Z' }),
  };
};
