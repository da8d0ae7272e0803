import type { Database } from '../database.ts';
import type { Value } from '../domain/field-values.ts';
import type { PlacedValue } from './engine.ts';

interface Columns {
  readonly text: string | null;
  readonly checked: boolean | null;
  readonly drawing: Uint8Array<ArrayBuffer> | null;
}

const valueOf = ({ text, checked, drawing }: Columns): Value => (drawing ? { drawing } : checked === null ? { text: text ?? '' } : { checked });

/** One object for one drawing, however many fields show it: it is then kept in memory and in the PDF once. */
const shareDrawings = () => {
  const drawings = new Map<string, Uint8Array<ArrayBuffer>>();
  return <Row extends Columns & { readonly drawingSha256: string | null }>(row: Row): Row => {
    if (!row.drawing || !row.drawingSha256) return row;
    const drawing = drawings.get(row.drawingSha256) ?? row.drawing;
    drawings.set(row.drawingSha256, drawing);
    return { ...row, drawing };
  };
};

/** Everything that was filled in, in the same order every time. */
export const placedValues = async (db: Database, envelopeId: string): Promise<PlacedValue[]> => {
  const rows = await db.fieldValue.findMany({ where: { envelopeId }, include: { field: true }, orderBy: { fieldId: 'asc' } });
  return rows.map(shareDrawings()).map(({ field: { kind, page, x, y, width, height }, ...columns }) => ({ kind, page, rectangle: { x, y, width, height }, value: valueOf(columns) }));
};
