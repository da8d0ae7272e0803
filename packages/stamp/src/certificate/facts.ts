import type { Colour } from '../pdf/canvas.ts';
import { MARGIN, WIDTH } from './page-size.ts';
import type { CertificatePlan } from './plan.ts';
import { qrModules } from './qr.ts';
import { ACCENT, INK, MUTED, type Sheet } from './sheet.ts';
import { WORDS, momentOf } from './words.ts';

const QR = 104;
const LABEL = 84;
const BANNER: Colour = [1, 0.945, 0.8];
const BANNER_EDGE: Colour = [0.85, 0.6, 0.1];
const BANNER_INK: Colour = [0.42, 0.25, 0];

/** @returns Where the next part begins. */
export function drawHeading(sheet: Sheet, plan: CertificatePlan, isFirst: boolean): number {
  const size = isFirst ? 23 : 14;
  sheet.text(WORDS.title, { left: MARGIN, top: MARGIN - 4, width: WIDTH - 90, size, style: 'bold', colour: INK });
  sheet.text(WORDS.maker, { left: MARGIN + WIDTH - 90, top: MARGIN - 4 + size * 0.8 - 8.8, width: 90, size: 11, style: 'bold', colour: ACCENT, align: 'right' });
  const top = MARGIN + size + 3;
  sheet.rule(MARGIN, top, WIDTH, 1.4, ACCENT);
  return plan.testTrust ? drawBanner(sheet, top + 12) : top + 16;
}

function drawBanner(sheet: Sheet, top: number): number {
  const box = sheet.box(MARGIN, top, WIDTH, 26);
  sheet.canvas.fill([box], BANNER);
  sheet.canvas.frame(box, 0.8, BANNER_EDGE);
  const width = sheet.width(WORDS.testTrust, 10.5, 'bold');
  sheet.text(WORDS.testTrust, { left: MARGIN + 10, top: top + 7.5, width: width + 4, size: 10.5, style: 'bold', colour: BANNER_INK });
  sheet.text(WORDS.testTrustMeans, { left: MARGIN + 22 + width, top: top + 9, width: WIDTH - width - 32, size: 8.5, colour: BANNER_INK });
  return top + 26 + 16;
}

/** What is certified, and the way to the page that checks it. */
export function drawFacts(sheet: Sheet, plan: CertificatePlan, top: number): number {
  const rows = [
    ['Document', plan.documentTitle, 2],
    ['Envelope', plan.envelopeId, 1],
    ['Sent by', plan.sender, 2],
    ['Created', momentOf(plan.createdAt), 1],
    ...(plan.sentAt ? [['Sent', momentOf(plan.sentAt), 1] as const] : []),
    ['Original, SHA-256', plan.originalSha256, 1],
    ['Prepared, SHA-256', plan.documentSha256, 1],
    ['Check it at', plan.verificationUrl, 1],
  ] as const;
  const width = WIDTH - LABEL - QR - 22;
  let at = top;
  for (const [index, [label, value, lines]] of rows.entries()) {
    const isTitle = index === 0;
    sheet.text(label, { left: MARGIN, top: at + (isTitle ? 2 : 0), width: LABEL - 8, size: 8.5, colour: MUTED });
    at += 6.5 + sheet.text(value, { left: MARGIN + LABEL, top: at, width, size: isTitle ? 10.5 : 8.5, lines, style: isTitle ? 'bold' : 'regular', colour: INK });
  }
  return Math.max(at, drawWay(sheet, plan, top)) + 8;
}

function drawWay(sheet: Sheet, { verificationUrl }: CertificatePlan, top: number): number {
  const left = MARGIN + WIDTH - QR;
  sheet.canvas.fill(qrModules(verificationUrl, sheet.box(left, top, QR, QR)), INK);
  const height = sheet.text(WORDS.scan, { left, top: top + QR + 7, width: QR, size: 7, colour: MUTED, align: 'right' });
  return top + QR + 7 + height;
}

export function drawHints(sheet: Sheet, top: number): number {
  sheet.rule(MARGIN, top, WIDTH);
  sheet.text(WORDS.check, { left: MARGIN, top: top + 10, width: WIDTH, size: 9.5, style: 'bold', colour: INK });
  let at = top + 26;
  for (const hint of [WORDS.checkSignatures, WORDS.checkFile]) at += 4 + sheet.text(hint, { left: MARGIN, top: at, width: WIDTH, size: 8, colour: INK });
  sheet.rule(MARGIN, at + 6, WIDTH);
  return at + 22;
}
