import { drawAppearance, cached, type Appearance, type Size } from '../appearance.ts';
import { drawField } from '../pdf/draw-field.ts';
import type { CertificateEntry } from './plan.ts';

/** What the entry of a recipient shows once they have signed. */
export function certificateEntryAppearance(entry: CertificateEntry, size: Size): Promise<Appearance> {
  return cached(['entry', entry, size], () =>
    drawAppearance(size, async (canvas, { typesetter }) => {
      drawField({ kind: 'text', text: certificateEntryText(entry) }, { left: 0, bottom: 0, ...size }, { canvas, typesetter, image: undefined, pointsPerUnit: 1 });
    }),
  );
}

/** The same as plain text: the value of the field. */
export function certificateEntryText(entry: CertificateEntry): string {
  return `${entry.name} <${entry.email}>`;
}
