import type { Database } from '../database.ts';
import type { Value } from '../domain/field-values.ts';
import type { PlacedValue } from './engine.ts';

interface Columns {
  readonly text: string | null;
  readonly checked: boolean | null;
  readonly drawing: Uint8Array<ArrayBuffer> | null;
}

const valueOf = ({ text, checked, drawing }: Columns): Value => (drawing ? { drawing } : checked === null ? { text: text ?? '' } : { checked });

/** Everything that was filled in, in the same order every time. */
export const placedValues = async (db: Database, envelopeId: string): Promise<PlacedValue[]> => {
  const rows = await db.fieldValue.findMany({ where: { envelopeId }, include: { field: true }, orderBy: { fieldId: 'asc' } });
  return rows.map(({ field: { kind, page, x, y, width, height }, ...columns }) => ({ kind, page, rectangle: { x, y, width, height }, value: valueOf(columns) }));
};
