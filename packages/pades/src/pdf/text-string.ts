import type { PdfString } from './objects.ts';

const PLAIN = /^[\x20-\x7e]*$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A text string (ISO 32000-1, 7.9.2.2): ASCII where that is enough, else UTF-16BE with its mark. */
export function textString(text: string): PdfString {
  if (PLAIN.test(text)) return { type: 'string', source: `(${text.replace(/[\\()]/g, '\\$&')})` };
  const utf16 = Buffer.from(text.toWellFormed(), 'utf16le').swap16();
  return { type: 'string', source: `<FEFF${utf16.toString('hex').toUpperCase()}>` };
}

/** A date (7.9.4) in UTC, to the second: `D:20260131120000Z`. */
export function dateString(date: Date): PdfString {
  return { type: 'string', source: `(D:${date.toISOString().replace(/[-:T]|\..*/g, '')}Z)` };
}

/** The text of a string; bytes outside ASCII in PDFDocEncoding come back as Latin-1. */
export function textOf(string: PdfString): string {
  const bytes = bytesOf(string);
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1');
  return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16().toString('utf16le');
}

export function bytesOf({ source }: PdfString): Buffer {
  return source.startsWith('<') ? hexBytes(source) : Buffer.from(unescaped(source.slice(1, -1)), 'latin1');
}

function hexBytes(source: string): Buffer {
  // The reader lets white space in between; a signature's /Contents is long and has none.
  const digits = source.slice(1, -1).replace(/[\0\t\n\f\r ]+/g, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

function unescaped(literal: string): string {
  const lines = literal.replace(/\r\n?/g, '\n');
  return lines.replace(/\\([0-7]{1,3}|[^])/g, (_, escape: string) => {
    if (/^[0-7]/.test(escape)) return String.fromCharCode(parseInt(escape, 8) & 0xff);
    return escape === '\n' ? '' : (ESCAPES[escape] ?? escape);
  });
}
