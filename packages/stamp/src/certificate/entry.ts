import { cached, drawAppearance, type Appearance, type Size } from '../appearance.ts';
import type { CertificateEntry } from './plan.ts';
import { ACCENT, INK, MUTED, Sheet } from './sheet.ts';
import { momentOf } from './words.ts';

/** The size that the entry is drawn for; a field of another size gets it scaled. */
export const ENTRY: Size = { width: 499, height: 104 };

type Fact = readonly [label: string, value: string];

const momentFact = (label: string, date: Date | undefined): Fact[] => (date ? [[label, momentOf(date)]] : []);
const textFact = (label: string, text: string | undefined): Fact[] => (text ? [[label, text]] : []);

const moments = (entry: CertificateEntry): Fact[] => [
  ...momentFact('Sent', entry.sentAt),
  ...momentFact('Opened', entry.openedAt),
  ...momentFact('Consented', entry.consentAt),
];

const circumstances = (entry: CertificateEntry): Fact[] => [
  ['E-mail', entry.email],
  ['Identified by', entry.identifiedBy],
  ...textFact('IP address', entry.ip),
  ...textFact('Program', entry.userAgent),
];

const proofs = (entry: CertificateEntry): Fact[] => [
  ['Certificate', `serial number ${entry.certificateSerial}`],
  ['Consent text', `SHA-256 ${entry.consentTextSha256}`],
];

/**
 * What the entry of a recipient shows once they have signed: for the field that the certificate reserves for it. The
 * same entry and size give the same object.
 */
export function certificateEntryAppearance(entry: CertificateEntry, size: Size): Promise<Appearance> {
  return cached(['entry', entry, size], () =>
    drawAppearance(size, async (canvas, { typesetter }) => {
      const scale = Math.min(size.width / ENTRY.width, size.height / ENTRY.height);
      canvas.within([scale, 0, 0, scale, 0, size.height - ENTRY.height * scale], { left: 0, bottom: 0, ...ENTRY }, () => {
        drawEntry(new Sheet(canvas, ENTRY.height, typesetter), entry);
      });
    }),
  );
}

function drawEntry(sheet: Sheet, entry: CertificateEntry): void {
  sheet.text(`Signed by ${entry.name}`, { left: 12, top: 7, width: 335, size: 11, style: 'bold', colour: INK });
  sheet.text(momentOf(entry.signedAt), { left: 357, top: 9, width: 130, size: 8.5, style: 'bold', colour: ACCENT, align: 'right' });
  facts(sheet, moments(entry), { left: 12, top: 27, label: 54, width: 180 });
  facts(sheet, circumstances(entry), { left: 205, top: 27, label: 56, width: 282 }, 2);
  facts(sheet, proofs(entry), { left: 12, top: 80, label: 54, width: 475 });
}

/** Label and value, row by row; the last value may take as many lines as are left for it. */
function facts(sheet: Sheet, rows: readonly Fact[], { left, top, label, width }: { left: number; top: number; label: number; width: number }, lastLines = 1): void {
  const [size, step] = [7.5, 10.4];
  rows.forEach(([name, value], row) => {
    const lines = row === rows.length - 1 ? lastLines : 1;
    sheet.text(name, { left, top: top + row * step, width: label, size, colour: MUTED });
    sheet.text(value, { left: left + label, top: top + row * step, width: width - label, size, lines, colour: INK });
  });
}

/** The same as plain text: the value of the field. */
export function certificateEntryText(entry: CertificateEntry): string {
  const rows: Fact[] = [['Signed by', entry.name], ['Signed', momentOf(entry.signedAt)], ...moments(entry), ...circumstances(entry), ...proofs(entry)];
  return rows.map(([label, value]) => `${label}: ${value}`).join('\n');
}
