import { byForeignKey, byId, byKey, type LoaderSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import { visible, visibleParts } from './policies.ts';
import type { FieldValueMapper } from './schema/envelope.mappers.ts';

export { envelopesOfDocument } from './loaders/envelopes-of-document.ts';

type Source = LoaderSource<Database>;

export const envelope = ({ db, actor }: Source) => byId((ids) => db.envelope.findMany({ where: { AND: [{ id: { in: [...ids] } }, visible(actor)] } }));

export const recipient = ({ db, actor }: Source) => byId((ids) => db.recipient.findMany({ where: { id: { in: [...ids] }, ...visibleParts(actor) } }));

export const recipientsOfEnvelope = ({ db, actor }: Source) =>
  byForeignKey(
    (ids) => db.recipient.findMany({ where: { AND: [{ envelopeId: { in: [...ids] } }, visibleParts(actor)] }, orderBy: [{ routingOrder: 'asc' }, { id: 'asc' }] }),
    ({ envelopeId }) => envelopeId,
  );

export const fieldsOfEnvelope = ({ db, actor }: Source) =>
  byForeignKey(
    (ids) => db.field.findMany({ where: { AND: [{ envelopeId: { in: [...ids] } }, visibleParts(actor)] }, orderBy: { id: 'asc' } }),
    ({ envelopeId }) => envelopeId,
  );

export const fieldsOfRecipient = ({ db, actor }: Source) =>
  byForeignKey(
    (ids) => db.field.findMany({ where: { recipientId: { in: [...ids] }, ...visibleParts(actor) }, orderBy: { id: 'asc' } }),
    ({ recipientId }) => recipientId,
  );

export const valueOfField = ({ db, actor }: Source) =>
  byKey<FieldValueMapper>(
    (ids) => db.fieldValue.findMany({ where: { fieldId: { in: [...ids] }, ...visibleParts(actor) }, omit: { drawing: true } }),
    ({ fieldId }) => fieldId,
  );

export const sealingOfEnvelope = ({ db, actor }: Source) =>
  byKey(
    (ids) => db.sealing.findMany({ where: { AND: [{ envelopeId: { in: [...ids] } }, visibleParts(actor)] } }),
    ({ envelopeId }) => envelopeId,
  );

/** The revision of a recipient's own signature, once it is there. */
export const stepOfRecipient = ({ db, actor }: Source) =>
  byKey(
    (ids) => db.sealingStep.findMany({ where: { AND: [{ recipientId: { in: [...ids] }, doneAt: { not: null } }, visibleParts(actor)] } }),
    ({ recipientId }) => recipientId ?? '',
  );

export const member = ({ db, actor }: Source) =>
  byKey(
    (ids) => db.memberCopy.findMany({ where: { userId: { in: [...ids] }, organizationId: visible(actor).organizationId } }),
    ({ userId }) => userId,
  );
