import { LIMITS } from '../limits.ts';
import { damaged, tooComplex } from '../refusal.ts';
import type { Budget } from './budget.ts';
import { isDigit } from './characters.ts';
import { PdfParser } from './parser.ts';
import { sortedSubsections, type XrefEntry, type XrefSection, type XrefSubsection } from './xref-section.ts';

const ROW = /^(\d{10}) (\d{5}) ([nf])$/;

/** Reads a classic cross-reference table and its trailer (ISO 32000-1, 7.5.4). */
export function readXrefTable(bytes: Buffer, offset: number, budget: Budget): XrefSection {
  const parser = new PdfParser(bytes, offset, budget);
  parser.expectWord('xref');
  const subsections: XrefSubsection[] = [];
  for (parser.skipSpace(); isDigit(bytes[parser.position]); parser.skipSpace()) {
    if (subsections.length >= LIMITS.subsections) throw tooComplex('its cross-reference table has too many parts');
    const first = parser.readInteger();
    const count = parser.readInteger();
    parser.skipSpace();
    const rows = rowsAt(bytes, parser.position, first, count);
    if (count > 0) subsections.push(rows.subsection);
    parser.position = rows.end;
  }
  parser.expectWord('trailer');
  const trailer = parser.readObject();
  if (trailer.type !== 'dict') throw damaged('the trailer is not a dictionary');
  return { kind: 'table', offset, end: parser.position, trailer, subsections: sortedSubsections(subsections) };
}

function rowsAt(bytes: Buffer, start: number, first: number, count: number): { subsection: XrefSubsection; end: number } {
  const length = rowLength(bytes, start);
  // The very last row may lack its second end-of-line byte.
  if (count > 0 && start + count * length > bytes.length) throw damaged('the cross-reference table is cut off');
  const entry = (row: number): XrefEntry => decodeRow(bytes.toString('latin1', start + row * length, start + row * length + 18));
  return { subsection: { first, count, entry }, end: start + count * length };
}

/** Rows have 20 bytes; some writers end them with a bare line feed, which makes 19. */
function rowLength(bytes: Buffer, start: number): 19 | 20 {
  return bytes[start + 18] === 0x0a && isDigit(bytes[start + 19]) ? 19 : 20;
}

function decodeRow(row: string): XrefEntry {
  const match = ROW.exec(row);
  if (!match) throw damaged('a row of the cross-reference table is malformed');
  if (match[3] === 'f') return { kind: 'free' };
  return { kind: 'at', offset: Number(match[1]), generation: Number(match[2]) };
}
