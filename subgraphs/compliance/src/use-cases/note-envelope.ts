import type { Work } from '../context.ts';
import { recordCheck } from './record-check.ts';

type Tx = Pick<Work, 'db'>;

interface InOrganization {
  readonly envelopeId: string;
  readonly organizationId: string;
}

/** Makes sure of the rows, whichever fact comes first. */
const ensureEnvelope = async (tx: Tx, { envelopeId, organizationId }: InOrganization, recipientIds: readonly string[]): Promise<void> => {
  await tx.db.envelopeRecord.createMany({ data: { id: envelopeId, organizationId }, skipDuplicates: true });
  await tx.db.recipientRecord.createMany({ data: recipientIds.map((id) => ({ id, envelopeId })), skipDuplicates: true });
};

export const noteSent = async (tx: Tx, sent: InOrganization & { readonly recipientIds: readonly string[]; readonly at: Date }): Promise<void> => {
  await ensureEnvelope(tx, sent, sent.recipientIds);
  await tx.db.envelopeRecord.update({ where: { id: sent.envelopeId }, data: { sentAt: sent.at } });
};

/** Notes the first time of something that a recipient was sent or did; a link that is sent anew changes nothing. */
export const noteRecipient = async (tx: Tx, noted: InOrganization & { readonly recipientId: string; readonly what: 'linkSentAt' | 'openedAt' | 'signedAt'; readonly at: Date }): Promise<void> => {
  await ensureEnvelope(tx, noted, [noted.recipientId]);
  await tx.db.recipientRecord.updateMany({ where: { id: noted.recipientId, [noted.what]: null }, data: { [noted.what]: noted.at } });
};

/** A completed envelope is checked at once, by what was heard of it until then. */
export const noteCompleted = async (tx: Work, completed: InOrganization & { readonly recipientIds: readonly string[]; readonly sha256: string; readonly at: Date }): Promise<void> => {
  await ensureEnvelope(tx, completed, completed.recipientIds);
  const envelope = await tx.db.envelopeRecord.update({ where: { id: completed.envelopeId }, data: { completedAt: completed.at, sealedSha256: completed.sha256 } });
  await recordCheck(tx, { envelope, trigger: 'COMPLETION', requestedById: null, declaration: null });
};
