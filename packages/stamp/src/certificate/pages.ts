import { PDFName, type PDFDocument } from 'pdf-lib';
import type { ValueField } from '../layout/plan.ts';
import { Canvas } from '../pdf/canvas.ts';
import type { Materials } from '../pdf/materials.ts';
import { ENTRY } from './entry.ts';
import { drawFacts, drawHeading, drawHints } from './facts.ts';
import { MARGIN, PAGE, WIDTH } from './page-size.ts';
import type { CertificatePlan, CertificateRecipient } from './plan.ts';
import { ACCENT, INK, MUTED, RULE, Sheet, WASH } from './sheet.ts';
import { WORDS } from './words.ts';

const FOOTER = 40;
/** An entry with the line above it, and the space below. */
const LABEL_HEIGHT = 20;
const CARD_HEIGHT = LABEL_HEIGHT + ENTRY.height;
const CARD_STEP = CARD_HEIGHT + 10;

interface OpenPage {
  readonly number: number;
  readonly sheet: Sheet;
}

/** Appends the pages of the completion certificate; the fields of its entries are still to be added. */
export function addCertificate(document: PDFDocument, plan: CertificatePlan, materials: Materials): ValueField[] {
  const pages: OpenPage[] = [openPage(document, materials)];
  let top = drawFirstPage(pages[0]!.sheet, plan);
  const fields = plan.recipients.map((recipient) => {
    if (top + CARD_HEIGHT > PAGE.height - FOOTER - 10) {
      pages.push(openPage(document, materials));
      top = drawHeading(pages.at(-1)!.sheet, plan, false);
    }
    const { sheet, number } = pages.at(-1)!;
    drawCard(sheet, recipient, top);
    const rectangle = { x: MARGIN / PAGE.width, y: (top + LABEL_HEIGHT) / PAGE.height, width: WIDTH / PAGE.width, height: ENTRY.height / PAGE.height };
    top += CARD_STEP;
    return { kind: 'value', name: recipient.fieldName, page: number, rectangle, tooltip: `Entry of recipient ${recipient.name}` } as const;
  });
  pages.forEach(({ sheet }, index) => drawFooter(sheet, plan, index + 1, pages.length));
  return fields;
}

function openPage(document: PDFDocument, { fonts, typesetter }: Materials): OpenPage {
  const page = document.addPage([PAGE.width, PAGE.height]);
  // The root of the page tree may hand down a rotation, a crop box or a unit.
  page.node.set(PDFName.of('Rotate'), document.context.obj(0));
  page.node.set(PDFName.of('CropBox'), document.context.obj([0, 0, PAGE.width, PAGE.height]));
  return { number: document.getPageCount(), sheet: new Sheet(new Canvas(page, fonts), PAGE.height, typesetter) };
}

/** @returns Where the first entry begins. */
function drawFirstPage(sheet: Sheet, plan: CertificatePlan): number {
  let top = drawHeading(sheet, plan, true);
  top = drawFacts(sheet, plan, top);
  top = drawHints(sheet, top);
  sheet.text(WORDS.recipients, { left: MARGIN, top, width: WIDTH, size: 12, style: 'bold', colour: INK });
  sheet.text(WORDS.recipientsMeans, { left: MARGIN, top: top + 17, width: WIDTH, size: 8, colour: MUTED });
  return top + 33;
}

function drawCard(sheet: Sheet, { name, email, routingOrder }: CertificateRecipient, top: number): void {
  sheet.canvas.fill([sheet.box(MARGIN, top, WIDTH, LABEL_HEIGHT)], WASH);
  sheet.canvas.fill([sheet.box(MARGIN, top, 2.5, CARD_HEIGHT)], ACCENT);
  sheet.canvas.frame(sheet.box(MARGIN, top, WIDTH, CARD_HEIGHT), 0.6, RULE);
  const order = String(routingOrder);
  sheet.text(order, { left: MARGIN + 12, top: top + 5.5, width: 22, size: 9, style: 'bold', colour: ACCENT });
  const start = MARGIN + 12 + Math.max(14, sheet.width(order, 9, 'bold') + 7);
  const end = MARGIN + WIDTH - 12;
  const emailWidth = Math.min(sheet.width(email, 8.5) + 2, 200);
  sheet.text(name, { left: start, top: top + 5.5, width: end - emailWidth - 10 - start, size: 9, colour: INK });
  sheet.text(email, { left: end - emailWidth, top: top + 6, width: emailWidth, size: 8.5, colour: MUTED, align: 'right' });
}

function drawFooter(sheet: Sheet, { envelopeId }: CertificatePlan, number: number, count: number): void {
  const top = PAGE.height - FOOTER;
  sheet.rule(MARGIN, top, WIDTH);
  sheet.text(`Envelope ${envelopeId}`, { left: MARGIN, top: top + 8, width: WIDTH - 100, size: 7.5, colour: MUTED });
  sheet.text(`${WORDS.title}, page ${number} of ${count}`, { left: MARGIN + WIDTH - 200, top: top + 8, width: 200, size: 7.5, colour: MUTED, align: 'right' });
}
