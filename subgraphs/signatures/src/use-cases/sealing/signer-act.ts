import type { Database } from '../../database.ts';
import type { Value } from '../../domain/field-values.ts';
import type { FieldSizes, FilledValue, SignerAct } from '../../sealing/engine.ts';
import { certificateName, signatureName, valueName } from '../../sealing/names.ts';
import type { LockedEnvelope } from '../envelope-row.ts';
import { partFields } from './document-plan.ts';

interface Columns {
  readonly text: string | null;
  readonly checked: boolean | null;
  readonly drawing: Uint8Array<ArrayBuffer> | null;
}
type Row = Columns & { readonly drawingSha256: string | null };

/** One object for one drawing, however many fields show it: it is then kept in memory and in the PDF once. */
const shareDrawings = () => {
  const drawings = new Map<string, Uint8Array<ArrayBuffer>>();
  return ({ text, checked, drawing, drawingSha256 }: Row): Value => {
    if (!drawing) return checked === null ? { text: text ?? '' } : { checked };
    const kept = drawings.get(drawingSha256 ?? '') ?? drawing;
    drawings.set(drawingSha256 ?? '', kept);
    return { drawing: kept };
  };
};

/** What a recipient did, as the rows of their act say it: the same every time. */
export const signerAct = async (db: Database, envelope: LockedEnvelope, recipientId: string, sizes: FieldSizes): Promise<SignerAct> => {
  const index = envelope.recipients.findIndex(({ id }) => id === recipientId);
  const recipient = envelope.recipients[index];
  if (!recipient?.completedAt) throw new Error(`Recipient ${recipientId} has not signed, so no signature of theirs is appended.`);
  const { name, email, completedAt, identification, sentAt, deliveredAt, consentedAt, consentTextSha256, signedIp, signedUserAgent } = recipient;
  const fields = await db.field.findMany({ where: { recipientId }, include: { value: true }, orderBy: { id: 'asc' } });
  const { signature, others } = partFields(fields);
  const valueOf = shareDrawings();
  const position = index + 1;
  const { documentSigned, id: envelopeId } = envelope;
  return {
    envelopeId,
    name,
    email,
    signedAt: completedAt,
    mark: signature?.value ? valueOf(signature.value) : null,
    emptyField: documentSigned ? (signature?.documentField ?? null) : signatureName(position),
    newField: signatureName(position),
    values: documentSigned ? [] : others.flatMap(({ id, kind, value }): FilledValue[] => (value ? [{ fieldName: valueName(id), kind, value: valueOf(value) }] : [])),
    certificateField: documentSigned ? null : certificateName(position),
    evidence: { identification, sentAt, openedAt: deliveredAt, consentedAt, consentTextSha256, ip: signedIp, userAgent: signedUserAgent },
    sizes,
  };
};
