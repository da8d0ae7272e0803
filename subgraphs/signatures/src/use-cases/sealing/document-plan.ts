import type { Field, Recipient } from '../../__generated__/prisma/client.ts';
import type { Database } from '../../database.ts';
import type { DocumentPlan, Place, PlannedSigner } from '../../sealing/engine.ts';
import { certificateName, signatureName, valueName } from '../../sealing/names.ts';
import type { LockedEnvelope } from '../envelope-row.ts';

const placeOf = ({ kind, page, x, y, width, height }: Field, fieldName: string): Place => ({ fieldName, kind, page, rectangle: { x, y, width, height } });

/** One signature a signer: it goes where their first signature is asked for. At the others, they sign as they fill in a field. */
export const partFields = <Row extends Pick<Field, 'kind'>>(fields: readonly Row[]): { readonly signature: Row | undefined; readonly others: readonly Row[] } => {
  const signature = fields.find(({ kind }) => kind === 'SIGNATURE');
  return { signature, others: fields.filter((field) => field !== signature) };
};

const signerOf = ({ id, name, email, routingOrder }: Recipient, index: number, all: readonly Field[]): PlannedSigner => {
  const { signature, others } = partFields(all.filter(({ recipientId }) => recipientId === id));
  if (!signature) throw new Error(`Recipient ${id} has no field for a signature, so nothing can be laid out.`);
  const position = index + 1;
  return {
    name,
    email,
    routingOrder,
    signature: placeOf(signature, signatureName(position)),
    values: others.map((field) => placeOf(field, valueName(field.id))),
    certificateField: certificateName(position),
  };
};

/** All that is laid out before anybody signs. From sending on it is the same every time. */
export const documentPlan = async (db: Database, envelope: LockedEnvelope): Promise<DocumentPlan> => {
  const { id: envelopeId, organizationId, senderId: userId, title, documentSha256, originalSha256, createdAt, sentAt, recipients } = envelope;
  const [fields, sender] = await Promise.all([
    db.field.findMany({ where: { envelopeId }, orderBy: { id: 'asc' } }),
    db.memberCopy.findUnique({ where: { organizationId_userId: { organizationId, userId } } }),
  ]);
  return {
    envelopeId,
    title,
    documentSha256: documentSha256 ?? '',
    originalSha256: originalSha256 ?? documentSha256 ?? '',
    sender: sender ? { name: sender.name, email: sender.email } : null,
    createdAt,
    sentAt,
    signers: recipients.map((recipient, index) => signerOf(recipient, index, fields)),
  };
};

/** Fields of a document that was signed before which the signatures of an envelope go into; null is a new one. */
export const fieldsToSign = async (db: Pick<Database, 'field'>, { id: envelopeId, recipients }: { readonly id: string; readonly recipients: readonly Pick<Recipient, 'id'>[] }): Promise<(string | null)[]> => {
  const fields = await db.field.findMany({ where: { envelopeId }, orderBy: { id: 'asc' } });
  return recipients.map(({ id }) => partFields(fields.filter(({ recipientId }) => recipientId === id)).signature?.documentField ?? null);
};
