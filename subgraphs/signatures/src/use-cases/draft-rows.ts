import { newId } from '@buffrsign/kernel';
import type { Tx } from '../context.ts';
import type { DraftRecipient } from '../domain/draft.ts';

interface Draft {
  readonly id: string;
  readonly organizationId: string;
}

/** Writes the recipients of a draft with their fields. Ids are made in the order given, which is the order shown. */
export const addRecipients = async (tx: Tx, { id: envelopeId, organizationId }: Draft, recipients: readonly DraftRecipient[]): Promise<void> => {
  const rows = recipients.map((recipient) => ({ ...recipient, id: newId('rcp') }));
  await tx.db.recipient.createMany({
    data: rows.map(({ id, name, email, routingOrder }) => ({ id, organizationId, envelopeId, name, email, routingOrder, state: 'CREATED' as const })),
  });
  await tx.db.field.createMany({
    data: rows.flatMap(({ id: recipientId, fields }) => fields.map(({ label = null, documentField = null, ...field }) => ({ ...field, label, documentField, id: newId('fld'), organizationId, envelopeId, recipientId }))),
  });
};
