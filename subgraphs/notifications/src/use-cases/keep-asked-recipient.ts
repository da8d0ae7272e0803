import type { EventData } from '@buffrsign/kernel';
import type { recipientSent } from '@buffrsign/signatures/events';
import type { Work } from '../context.ts';

/** Keeps who was asked to sign which envelope, and by whom: they are the ones to tell when it ends otherwise. */
export const keepAskedRecipient = async (work: Work, organizationId: string, data: EventData<typeof recipientSent>): Promise<void> => {
  const { recipientId, envelopeId, documentId, senderId, name, email, title: envelopeTitle } = data;
  const row = { organizationId, envelopeId, documentId, senderId, name, email, envelopeTitle };
  await work.db.askedRecipient.upsert({ where: { recipientId }, create: { recipientId, ...row }, update: row });
};
