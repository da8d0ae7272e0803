import { PDFArray, PDFBool, PDFDict, PDFHexString, PDFName, PDFNumber, PDFString, type PDFDocument, type PDFObject } from 'pdf-lib';
import { fieldAppearance } from '../appearance.ts';
import { canShow } from '../text/text.ts';

const name = (text: string): PDFName => PDFName.of(text);
const NESTING_MAX = 32;

interface Shown {
  readonly widget: PDFDict;
  readonly text: string;
}

/**
 * A form may leave it to the viewer to draw its values. Nothing may be left to a viewer once it is signed, so texts
 * that have no look of their own are given one.
 */
export async function drawExistingValues(document: PDFDocument, form: PDFDict): Promise<void> {
  if (form.lookup(name('NeedAppearances')) !== PDFBool.True) return;
  const found: Shown[] = [];
  collect(form.lookup(name('Fields')), {}, 0, new Set(), found);
  for (const { widget, text } of found) await draw(document, widget, text);
}

interface Inherited {
  readonly type?: PDFObject | undefined;
  readonly value?: PDFObject | undefined;
}

function collect(fields: PDFObject | undefined, inherited: Inherited, depth: number, seen: Set<PDFDict>, found: Shown[]): void {
  if (!(fields instanceof PDFArray) || depth > NESTING_MAX) return;
  for (let index = 0; index < fields.size(); index++) {
    const field = fields.lookup(index);
    if (!(field instanceof PDFDict) || seen.has(field)) continue;
    seen.add(field);
    const own = { type: field.lookup(name('FT')) ?? inherited.type, value: field.lookup(name('V')) ?? inherited.value };
    const text = textOf(own);
    if (field.has(name('Rect')) && !field.has(name('AP')) && text) found.push({ widget: field, text });
    collect(field.lookup(name('Kids')), own, depth + 1, seen, found);
  }
}

/** Of texts and of choices; buttons choose among looks that they bring. */
function textOf({ type, value }: Inherited): string | undefined {
  if (type !== name('Tx') && type !== name('Ch')) return undefined;
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;
}

async function draw(document: PDFDocument, widget: PDFDict, text: string): Promise<void> {
  const rect = widget.lookup(name('Rect'));
  if (!(rect instanceof PDFArray) || !canShow(text)) return;
  const [left = 0, bottom = 0, right = 0, top = 0] = rect.asArray().map((item) => (item instanceof PDFNumber ? item.asNumber() : 0));
  const [width, height] = [Math.abs(right - left), Math.abs(top - bottom)];
  if (!(width > 0 && height > 0)) return;
  const [page] = await document.embedPdf((await fieldAppearance({ kind: 'text', text }, { width, height })).pdf);
  if (page) widget.set(name('AP'), document.context.obj({ N: page.ref }));
}
