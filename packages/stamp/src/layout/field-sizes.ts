import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } from 'pdf-lib';
import type { Size } from '../appearance.ts';
import { unreadable } from '../pdf/load.ts';
import { rounded } from './widget.ts';

const numbers = (array: PDFArray): number[] => array.asArray().map((item) => (item instanceof PDFNumber ? item.asNumber() : 0));

/**
 * Size as shown, in points, of each field that `layOutDocument` made visible, by name; the document may be signed by now.
 * Reads the whole document: keep what it says.
 *
 * @throws {StampRefusal} `UNREADABLE_PDF`
 */
export async function fieldSizes(pdf: Uint8Array): Promise<ReadonlyMap<string, Size>> {
  try {
    const { catalog } = await PDFDocument.load(pdf, { updateMetadata: false });
    const fields = catalog.lookupMaybe(PDFName.of('AcroForm'), PDFDict)?.lookupMaybe(PDFName.of('Fields'), PDFArray);
    const dicts = Array.from({ length: fields?.size() ?? 0 }, (_, index) => fields?.lookup(index));
    return new Map(dicts.flatMap((field) => (field instanceof PDFDict ? sizeOf(field) : [])));
  } catch (cause) {
    throw unreadable(cause);
  }
}

function sizeOf(field: PDFDict): [name: string, size: Size][] {
  const title = field.lookup(PDFName.of('T'));
  const rect = field.lookup(PDFName.of('Rect'));
  if (!(title instanceof PDFString || title instanceof PDFHexString) || !(rect instanceof PDFArray)) return [];
  const [left = 0, bottom = 0, right = 0, top = 0] = numbers(rect);
  const unit = field.lookupMaybe(PDFName.of('P'), PDFDict)?.lookupMaybe(PDFName.of('UserUnit'), PDFNumber)?.asNumber() ?? 1;
  const turned = (field.lookupMaybe(PDFName.of('MK'), PDFDict)?.lookupMaybe(PDFName.of('R'), PDFNumber)?.asNumber() ?? 0) % 180 === 90;
  const [width, height] = [rounded((right - left) * unit), rounded((top - bottom) * unit)];
  if (!(width > 0 && height > 0)) return [];
  return [[title.decodeText(), turned ? { width: height, height: width } : { width, height }]];
}
