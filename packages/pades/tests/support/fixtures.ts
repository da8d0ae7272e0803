import { deflateSync } from 'node:zlib';

/** Small hand-made PDFs, one for each way a file can keep its cross-reference. */

export type Bodies = Readonly<Record<number, string>>;

/** Object number → source of a one-page document. */
export const ONE_PAGE: Bodies = {
  1: '<</Type /Catalog /Pages 2 0 R>>',
  2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
  3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources <<>> /Contents 4 0 R>>',
  4: stream('', '0 0 1 rg 40 40 80 60 re f'),
};

const HEADER = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';

export function stream(entries: string, data: string): string {
  return `<<${entries} /Length ${data.length}>>\nstream\n${data}\nendstream`;
}

interface Written {
  text: string;
  readonly offsets: Map<number, number>;
}

function write(bodies: Bodies, start: string): Written {
  const written: Written = { text: start, offsets: new Map() };
  for (const [number, body] of Object.entries(bodies)) {
    written.offsets.set(Number(number), written.text.length);
    written.text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  return written;
}

const pad = (offset: number): string => String(offset).padStart(10, '0');
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** A file with a classic table; `trailer` adds entries to, or replaces, the trailer dictionary. */
export function classicPdf(bodies: Bodies = ONE_PAGE, trailer?: string): Uint8Array {
  const { text, offsets } = write(bodies, HEADER);
  const size = Math.max(...offsets.keys()) + 1;
  const rows = Array.from({ length: size }, (_, number) => row(offsets.get(number)));
  const dict = trailer ?? `<</Size ${size} /Root 1 0 R>>`;
  return bytes(`${text}xref\n0 ${size}\n${rows.join('')}trailer\n${dict}\nstartxref\n${text.length}\n%%EOF\n`);
}

function row(offset: number | undefined): string {
  return offset === undefined ? '0000000000 65535 f \n' : `${pad(offset)} 00000 n \n`;
}

/** A file with a cross-reference stream (Flate with PNG predictor), and all but the content in an object stream. */
export function streamPdf(bodies: Bodies = ONE_PAGE): Uint8Array {
  const { plain, packed } = split(bodies);
  const objectStream = Math.max(...Object.keys(bodies).map(Number)) + 1;
  const { text, offsets } = write({ ...plain, [objectStream]: packedStream(packed) }, HEADER);
  const self = objectStream + 1;
  offsets.set(self, text.length);
  const numbers = Object.keys(packed).map(Number);
  const entries = Array.from({ length: self + 1 }, (_, number) => {
    const index = numbers.indexOf(number);
    return index >= 0 ? [2, objectStream, index] : offsets.has(number) ? [1, offsets.get(number) ?? 0, 0] : [0, 0, 255];
  });
  const dict = `/Type /XRef /Size ${self + 1} /Root 1 0 R`;
  return bytes(`${text}${self} 0 obj\n${xrefStream(dict, entries)}\nendobj\nstartxref\n${text.length}\n%%EOF\n`);
}

/** A hybrid file: old readers see page and content, new ones find catalog and page tree too, in a hidden stream. */
export function hybridPdf(bodies: Bodies = ONE_PAGE): Uint8Array {
  const { plain, packed } = split(bodies);
  // The catalog stays visible, as ISO 32000-1, 7.5.8.4 demands.
  const visible = { 1: bodies[1] ?? '', ...plain };
  const { 1: _catalog, ...hidden } = packed;
  const objectStream = Math.max(...Object.keys(bodies).map(Number)) + 1;
  const { text, offsets } = write({ ...visible, [objectStream]: packedStream(hidden) }, HEADER);
  const self = objectStream + 1;
  const hiddenNumbers = Object.keys(hidden).map(Number);
  const entries = hiddenNumbers.map((_, index) => [2, objectStream, index]);
  const index = hiddenNumbers.map((number) => `${number} 1`).join(' ');
  const streamText = `${self} 0 obj\n${xrefStream(`/Type /XRef /Size ${self + 1} /Root 1 0 R /Index [${index}]`, entries)}\nendobj\n`;
  const withStream = text + streamText;
  const rows = Array.from({ length: self }, (_, number) => row(offsets.get(number)));
  const trailer = `<</Size ${self + 1} /Root 1 0 R /XRefStm ${text.length}>>`;
  return bytes(`${withStream}xref\n0 ${self}\n${rows.join('')}trailer\n${trailer}\nstartxref\n${withStream.length}\n%%EOF\n`);
}

/** Streams must stay plain objects; everything else may be packed. */
function split(bodies: Bodies): { plain: Bodies; packed: Bodies } {
  const isStream = ([, body]: [string, string]): boolean => body.includes('stream\n');
  const all = Object.entries(bodies);
  return { plain: Object.fromEntries(all.filter(isStream)), packed: Object.fromEntries(all.filter((entry) => !isStream(entry))) };
}

function packedStream(packed: Bodies): string {
  let data = '';
  const index = Object.entries(packed).map(([number, body]) => {
    const at = data.length;
    data += `${body} `;
    return `${number} ${at}`;
  });
  const head = `${index.join(' ')} `;
  const deflated = deflateSync(Buffer.from(head + data, 'latin1')).toString('latin1');
  return stream(`/Type /ObjStm /N ${index.length} /First ${head.length} /Filter /FlateDecode`, deflated);
}

function xrefStream(dict: string, entries: readonly (readonly number[])[]): string {
  let previous = Buffer.alloc(6);
  const rows = entries.map(([type = 0, second = 0, third = 0]) => {
    const plain = Buffer.alloc(6);
    plain.writeUInt8(type, 0);
    plain.writeUInt32BE(second, 1);
    plain.writeUInt8(third, 5);
    // PNG filter 2: the difference to the row above.
    const filtered = Buffer.from([2, ...plain.map((byte, i) => (byte - (previous[i] ?? 0)) & 0xff)]);
    previous = plain;
    return filtered;
  });
  const deflated = deflateSync(Buffer.concat(rows)).toString('latin1');
  return stream(`${dict} /W [1 4 1] /Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 6>>`, deflated);
}
