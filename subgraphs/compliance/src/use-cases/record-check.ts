import { newId, type Transaction } from '@buffrsign/kernel';
import type { ComplianceCheck, ComplianceCheckTrigger, EnvelopeRecord, Prisma } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';
import { digestOf, type Declaration, type Evidence } from '../domain/evidence.ts';
import { holdAgainst, levelsIn } from '../domain/hold-against.ts';
import { nameOf } from '../domain/rule.ts';
import { envelopeChecked } from '../events.ts';
import { currentPacks } from '../packs/index.ts';

type Tx = Transaction<Database>;

export interface CheckOrder {
  readonly envelope: EnvelopeRecord;
  readonly trigger: ComplianceCheckTrigger;
  readonly requestedById: string | null;
  readonly declaration: Declaration | null;
}

export const isCompleted = (envelope: EnvelopeRecord): envelope is EnvelopeRecord & { completedAt: Date; sealedSha256: string } => envelope.completedAt !== null && envelope.sealedSha256 !== null;

const textOf = (date: Date | null): string | null => date?.toISOString() ?? null;

const gatherEvidence = async (tx: Tx, { envelope, declaration }: CheckOrder): Promise<Evidence> => {
  if (!isCompleted(envelope)) throw new Error(`Envelope ${envelope.id} is not completed and cannot be checked.`);
  const recipients = await tx.db.recipientRecord.findMany({ where: { envelopeId: envelope.id }, orderBy: { id: 'asc' } });
  return {
    envelopeId: envelope.id,
    sentAt: textOf(envelope.sentAt),
    completedAt: envelope.completedAt.toISOString(),
    sealedSha256: envelope.sealedSha256,
    recipients: recipients.map(({ id, linkSentAt, openedAt, signedAt }) => ({ recipientId: id, linkSentAt: textOf(linkSentAt), openedAt: textOf(openedAt), signedAt: textOf(signedAt) })),
    declaration,
  };
};

/**
 * Holds a completed envelope against the current packs and keeps what came of it. The same evidence and packs are one
 * check: asked again, also at the same moment, the first is given.
 */
export const recordCheck = async (tx: Tx, order: CheckOrder): Promise<ComplianceCheck> => {
  const { envelope: { id: envelopeId, organizationId }, trigger, requestedById } = order;
  const evidence = await gatherEvidence(tx, order);
  const evidenceSha256 = digestOf(evidence);
  const packs = currentPacks.map(nameOf).join(' ');
  const results = holdAgainst(currentPacks, evidence);
  const id = newId('chk');
  await tx.db.complianceCheck.createMany({
    data: { id, organizationId, envelopeId, trigger, requestedById, asOf: new Date(evidence.completedAt), packs, evidence, evidenceSha256, results: results as unknown as Prisma.InputJsonValue, createdAt: tx.now },
    skipDuplicates: true,
  });
  const check = await tx.db.complianceCheck.findUniqueOrThrow({ where: { envelopeId_evidenceSha256_packs: { envelopeId, evidenceSha256, packs } } });
  if (check.id !== id) return check;
  const levels = levelsIn(currentPacks, results).map(({ framework, level }) => ({ framework, level }));
  const failed = results.filter(({ outcome }) => outcome === 'FAIL').length;
  await tx.publish(envelopeChecked, { subject: envelopeId, organizationId }, { checkId: id, envelopeId, trigger, levels, failed });
  return check;
};
