import { PDFArray, PDFHexString, PDFName, PDFString, type PDFDocument, type PDFObject, type PDFPage, type PDFRef } from 'pdf-lib';
import type { Size } from '../appearance.ts';
import type { ViewerRectangle } from '../fields.ts';
import { frameOf, toFrame, type Matrix, type PageFrame } from '../pdf/page-frame.ts';
import type { PlannedField, SignatureField } from './plan.ts';

/** Print and Locked (ISO 32000-1, table 165). */
const PRINT_AND_LOCKED = 132;
/** ReadOnly and Multiline (tables 221 and 228). */
const READ_ONLY_MULTILINE = 1 | (1 << 12);

interface Place {
  readonly rect: readonly number[];
  readonly size: Size;
  /** Degrees by which what is shown is turned back, so that it stands upright on a turned page. */
  readonly rotation: number;
}

const NOWHERE: Place = { rect: [0, 0, 0, 0], size: { width: 0, height: 0 }, rotation: 0 };

/** Adds a field with its one widget to a page; who calls makes it part of the form. */
export function addWidget(document: PDFDocument, page: PDFPage, field: PlannedField): PDFRef {
  const { context } = document;
  const place = field.rectangle ? placeOn(page, field.rectangle) : NOWHERE;
  const widget = context.obj({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: field.kind === 'signature' ? 'Sig' : 'Tx',
    T: textString(field.name),
    F: PRINT_AND_LOCKED,
    Rect: [...place.rect],
    P: page.ref,
    MK: place.rotation === 0 ? {} : { R: place.rotation },
    AP: { N: emptyAppearance(document, place) },
  });
  const entries: Record<string, PDFObject | undefined> = {
    TU: field.tooltip === undefined ? undefined : textString(field.tooltip),
    Lock: field.kind === 'signature' ? lockOf(document, field) : undefined,
    Ff: field.kind === 'value' ? context.obj(READ_ONLY_MULTILINE) : undefined,
    DA: field.kind === 'value' ? PDFString.of('/Helv 0 Tf 0 g') : undefined,
  };
  for (const [key, value] of Object.entries(entries)) if (value) widget.set(PDFName.of(key), value);
  const reference = context.register(widget);
  ownAnnotations(page);
  page.node.addAnnot(reference);
  return reference;
}

/** Where a rectangle of the page as shown lies in its user space, and how large it is as shown. */
function placeOn(page: PDFPage, rectangle: ViewerRectangle): Place {
  const frame = frameOf(page);
  const { left, bottom, width, height } = toFrame(frame, rectangle);
  const corners = [transformed(frame.matrix, left, bottom), transformed(frame.matrix, left + width, bottom + height)];
  const [xs, ys] = [0, 1].map((axis) => corners.map((corner) => corner[axis] ?? 0)) as [number[], number[]];
  const rect = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map(rounded);
  return { rect, size: sizeOf(frame, width, height), rotation: frame.rotation };
}

function sizeOf({ pointsPerUnit }: PageFrame, width: number, height: number): Size {
  return { width: rounded(width * pointsPerUnit), height: rounded(height * pointsPerUnit) };
}

/** A hundredth of a point is less than any printer knows, and makes equal fields equal. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function transformed([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** PDF/A wants an appearance for every widget; this one has the size and the direction of those that follow. */
function emptyAppearance({ context }: PDFDocument, { size, rotation }: Place): PDFRef {
  const [cos = 1, sin = 0] = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] }[rotation] ?? [];
  const form = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, size.width, size.height], Matrix: [cos, sin, -sin, cos, 0, 0], Resources: {} };
  return context.register(context.stream('', form));
}

/** A field lock must be an object of its own (table 232). */
function lockOf({ context }: PDFDocument, { locks, locksAllBut }: SignatureField): PDFRef | undefined {
  const fields = locks ?? locksAllBut;
  if (!fields || (locks && fields.length === 0)) return undefined;
  const action = locks ? 'Include' : 'Exclude';
  return context.register(context.obj({ Type: 'SigFieldLock', Action: action, Fields: fields.map(textString) }));
}

/** Pages may share one array of annotations; what is added to one must not show on the others. */
function ownAnnotations(page: PDFPage): void {
  const annotations = page.node.Annots();
  if (annotations instanceof PDFArray) page.node.set(PDFName.of('Annots'), annotations.clone());
}

function textString(text: string): PDFString | PDFHexString {
  return /^[\x20-\x7e]*$/.test(text) ? PDFString.of(text.replace(/[\\()]/g, '\\$&')) : PDFHexString.fromText(text);
}
