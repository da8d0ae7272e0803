import { createHash } from 'node:crypto';
import type { Field } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import type { Value } from '../domain/field-values.ts';

const columnsOf = (value: Value) => {
  if ('drawing' in value) return { drawing: value.drawing, drawingSha256: createHash('sha256').update(value.drawing).digest('hex') };
  return 'text' in value ? { text: value.text } : { checked: value.checked };
};

/** Writes what a recipient filled in. A field takes one value, ever: the key of the table sees to it. */
export const keepValues = async (tx: Tx, fields: readonly Field[], values: ReadonlyMap<string, Value>): Promise<void> => {
  await tx.db.fieldValue.createMany({
    data: fields.flatMap(({ id, organizationId, envelopeId }) => {
      const value = values.get(id);
      return value ? [{ fieldId: id, organizationId, envelopeId, ...columnsOf(value), filledAt: tx.now }] : [];
    }),
  });
};
