import { newId } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { documentVersionAdded } from '../events.ts';
import { inspectVersionTask } from '../tasks/definitions.ts';
import { giveAccess } from './give-access.ts';

/** An envelope, as far as it matters here. */
export interface EnvelopeNews {
  readonly organizationId: string;
  readonly envelopeId: string;
  readonly documentId: string;
  readonly senderId: string;
  readonly recipients: readonly { readonly recipientId: string }[];
}

// Facts of one envelope may come out of order when one of them had to be tried again. So each of these asks what is known
// already: an ended envelope never goes back, and nobody gets an access twice.

/** An envelope was sent: its recipients may read the document. */
export const envelopeWasSent = async (tx: Work, news: EnvelopeNews, sentAt: Date): Promise<void> => {
  const isNew = await learn(tx, news, { state: 'IN_PROGRESS', sentAt });
  if (isNew && (await isHere(tx, news))) await giveAccessToRecipients(tx, news);
};

/** An envelope was completed: the document has a sealed version, and its recipients go on seeing it. */
export const envelopeWasCompleted = async (tx: Work, news: EnvelopeNews, sealed: { readonly sha256: string; readonly size: number }, completedAt: Date): Promise<void> => {
  const { organizationId, documentId, envelopeId } = news;
  const isNew = await learn(tx, news, { state: 'COMPLETED', endedAt: completedAt });
  if (!isNew) await tx.db.envelopeUse.updateMany({ where: { envelopeId, organizationId, state: 'IN_PROGRESS' }, data: { state: 'COMPLETED', endedAt: completedAt } });
  if (!(await isHere(tx, news))) return tx.log.warn({ documentId, envelopeId }, 'an envelope was completed with a document that is not here');
  if (isNew) await giveAccessToRecipients(tx, news);
  await addSealedVersion(tx, news, sealed);
};

/** An envelope was declined or voided: its recipients may no longer read anything by it. */
export const envelopeHasFailed = async (tx: Work, news: EnvelopeNews, state: 'DECLINED' | 'VOIDED', endedAt: Date): Promise<void> => {
  const { envelopeId, organizationId } = news;
  if (await learn(tx, news, { state, endedAt })) return;
  const { count } = await tx.db.envelopeUse.updateMany({ where: { envelopeId, organizationId, state: 'IN_PROGRESS' }, data: { state, endedAt } });
  if (count === 1) await tx.db.documentAccess.updateMany({ where: { envelopeId, organizationId, revokedAt: null }, data: { revokedAt: tx.now, standingKey: null } });
};

interface FirstNews {
  readonly state: 'IN_PROGRESS' | 'COMPLETED' | 'DECLINED' | 'VOIDED';
  readonly sentAt?: Date;
  readonly endedAt?: Date;
}

/** Whether this was the first that is heard of the envelope. */
const learn = async (tx: Work, { organizationId, envelopeId, documentId, recipients }: EnvelopeNews, first: FirstNews): Promise<boolean> => {
  const recipientIds = recipients.map(({ recipientId }) => recipientId);
  const { count } = await tx.db.envelopeUse.createMany({ data: { organizationId, envelopeId, documentId, recipientIds, ...first }, skipDuplicates: true });
  return count === 1;
};

/** Whether the organization has the document; what is another's is nobody else's to give. */
const isHere = async (tx: Work, { documentId, organizationId }: EnvelopeNews): Promise<boolean> => (await tx.db.document.count({ where: { id: documentId, organizationId } })) === 1;

const giveAccessToRecipients = (tx: Work, { organizationId, envelopeId, documentId, senderId, recipients }: EnvelopeNews): Promise<number> =>
  giveAccess(tx, recipients.map(({ recipientId }) => ({ organizationId, documentId, envelopeId, recipientId, grantedById: senderId })));

/** The unique envelope keeps it one, whoever comes twice. */
const addSealedVersion = async (tx: Work, { organizationId, documentId, envelopeId }: EnvelopeNews, { sha256, size }: { readonly sha256: string; readonly size: number }): Promise<void> => {
  const versionId = newId('dov');
  const { count } = await tx.db.documentVersion.createMany({
    data: { id: versionId, organizationId, documentId, kind: 'SEALED', sha256, size, envelopeId, createdAt: tx.now },
    skipDuplicates: true,
  });
  if (count === 0) return;
  await tx.db.document.update({ where: { id: documentId }, data: { updatedAt: tx.now } });
  await tx.enqueue(inspectVersionTask, { versionId }, { key: `inspect-version:${versionId}` });
  await tx.publish(documentVersionAdded, { subject: documentId, organizationId }, { documentId, versionId, kind: 'SEALED', sha256, size, envelopeId });
};
