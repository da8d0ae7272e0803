import type { PDFiumDocument } from '@hyzyla/pdfium';
import type { Box } from './geometry.ts';
import { internals, withPage } from './pdfium.ts';

/** A character where it stands, in the coordinates of the page's content. */
export interface Character {
  readonly text: string;
  /** With room above and below as the font has it. */
  readonly box: Box;
  readonly origin: { readonly x: number; readonly y: number };
  /** Which of the page's own text objects shows it, counted from 0; null for one that the reader put in, or within a form. */
  readonly object: number | null;
}

/** A text object of the page as its content has it, in order. */
export interface TextObject {
  /** From text space to the page's (ISO 32000-2, 9.4.4), without the font size. */
  readonly scale: number;
  readonly fontSize: number;
}

interface TextModule {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: { malloc(bytes: number): number; free(at: number): void };
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_GetLooseCharBox(text: number, index: number, rectangle: number): number;
  _FPDFText_GetCharOrigin(text: number, index: number, x: number, y: number): number;
  _FPDFText_GetTextObject(text: number, index: number): number;
  _FPDFText_IsGenerated(text: number, index: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFPageObj_GetMatrix(object: number, matrix: number): number;
  _FPDFTextObj_GetFontSize(object: number, size: number): number;
}

const TEXT = 1;
const ROOM = 64;

export interface PageCharacters {
  readonly characters: readonly Character[];
  readonly objects: readonly TextObject[];
}

/** The characters of a page in the order of its text, as many as its `getText` has. */
export function charactersOf(document: PDFiumDocument, index: number): PageCharacters {
  return withPage(document, index, (page) => {
    const { module: untyped, pageIdx } = internals(page);
    const module = untyped as unknown as TextModule;
    const text = module._FPDFText_LoadPage(pageIdx);
    const room = module.wasmExports.malloc(ROOM);
    try {
      const pointers = textObjects(module, pageIdx);
      const order = new Map(pointers.map((pointer, at) => [pointer, at]));
      const characters = Array.from({ length: Math.max(0, module._FPDFText_CountChars(text)) }, (_, at) => characterAt(module, text, at, room, order));
      return { characters, objects: pointers.map((pointer) => measure(module, pointer, room)) };
    } finally {
      module.wasmExports.free(room);
      module._FPDFText_ClosePage(text);
    }
  });
}

function textObjects(module: TextModule, page: number): number[] {
  const all = Array.from({ length: module._FPDFPage_CountObjects(page) }, (_, index) => module._FPDFPage_GetObject(page, index));
  return all.filter((pointer) => module._FPDFPageObj_GetType(pointer) === TEXT);
}

function characterAt(module: TextModule, text: number, at: number, room: number, order: ReadonlyMap<number, number>): Character {
  // Growing memory moves its views: a fresh one for every look.
  const view = (): DataView => new DataView(module.HEAPU8.buffer);
  const rectangle = module._FPDFText_GetLooseCharBox(text, at, room) ? view() : null;
  const float = (index: number): number => rectangle?.getFloat32(room + index * 4, true) ?? 0;
  const box = { left: float(0), top: float(1), right: float(2), bottom: float(3) };
  const origin = module._FPDFText_GetCharOrigin(text, at, room, room + 8) ? view() : null;
  const isGenerated = module._FPDFText_IsGenerated(text, at) === 1;
  return {
    text: characterOf(module._FPDFText_GetUnicode(text, at)),
    box,
    origin: { x: origin?.getFloat64(room, true) ?? 0, y: origin?.getFloat64(room + 8, true) ?? 0 },
    object: isGenerated ? null : (order.get(module._FPDFText_GetTextObject(text, at)) ?? null),
  };
}

const characterOf = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD');

function measure(module: TextModule, object: number, room: number): TextObject {
  const view = (): DataView => new DataView(module.HEAPU8.buffer);
  const matrix = module._FPDFPageObj_GetMatrix(object, room) ? view() : null;
  const scale = matrix ? Math.hypot(matrix.getFloat32(room, true), matrix.getFloat32(room + 4, true)) : 0;
  const fontSize = module._FPDFTextObj_GetFontSize(object, room) ? view().getFloat32(room, true) : 0;
  return { scale, fontSize };
}
