import { createHash } from 'node:crypto';
import { constants, deflateRawSync } from 'node:zlib';
import { CATALOG, ONE_PAGE, onePage, rawPdf, stream } from './raw-pdf.ts';

const A4 = '/MediaBox [0 0 595 842]';

/** Deflated blanks: 16 KB for every 16 MB. Fully flushed pieces may be strung together (RFC 1951, 3.2.4). */
function deflatedBlanks(pieces: number): Buffer {
  const piece = deflateRawSync(Buffer.alloc(2 ** 24, ' '), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: pieces }, () => piece), Buffer.from([0x03, 0x00])]);
}

/** A megabyte of page content that unfolds to a gigabyte. */
export const flateBomb = (): Buffer => onePage(`${A4} /Contents 4 0 R`, stream(deflatedBlanks(64), '/Filter /FlateDecode'));

/** An object stream, which every reader has to unfold, sealed pages or not. */
export const objectStreamBomb = (): Buffer => onePage(A4, stream(deflatedBlanks(64), '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode'));

/** Thirty forms, each drawing the next one twice. */
export function exponentialForms(): Buffer {
  const levels = 30;
  const forms = Array.from({ length: levels }, (_, level) =>
    level === levels - 1
      ? stream('0 0 10 10 re f', '/Type /XObject /Subtype /Form /BBox [0 0 100 100]')
      : stream('/F Do /F Do', `/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /F ${level + 6} 0 R >> >>`));
  return onePage(`${A4} /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>`, stream('/F Do'), ...forms);
}

/** An image of 3.6 gigapixels, drawn again and again: little memory, more than a minute. */
export function giganticImage(): Buffer {
  const side = 60_000;
  const image = stream(deflatedBlanks(27), `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /FlateDecode`);
  return onePage(`${A4} /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>`, stream(`595 0 0 842 0 0 cm ${'/I Do '.repeat(10)}`), image);
}

export const hugePage = (): Buffer => onePage('/MediaBox [0 0 1000000 1000000]');
export const noSize = (): Buffer => onePage('');
export const croppedAway = (): Buffer => onePage(`${A4} /CropBox [900 900 1000 1000]`);
export const slanted = (): Buffer => onePage(`${A4} /Rotate 45`);
/** What is seen is 100 by 50 units of two points, turned once to the right. */
export const croppedTurnedScaled = (): Buffer => onePage('/MediaBox [600 800 0 0] /CropBox [-100 -100 100 50] /Rotate -270 /UserUnit 2');

export const pageTreeLoop = (): Buffer => rawPdf([CATALOG, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>']);
export const countLie = (): Buffer => rawPdf([CATALOG, '<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>', `<< /Type /Page /Parent 2 0 R ${A4} >>`]);
export const noPages = (): Buffer => rawPdf([CATALOG, '<< /Type /Pages /Kids [] /Count 0 >>']);

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
export const nestedUnreferenced = (): Buffer => onePage(A4, nested(1_000_000));
export const nestedInCatalog = (): Buffer => rawPdf([`<< /Type /Catalog /Pages 2 0 R /Deep ${nested(200_000)} >>`, ONE_PAGE, `<< /Type /Page /Parent 2 0 R ${A4} >>`]);

export const xfaForm = (): Buffer => rawPdf([
  '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] /XFA 4 0 R >> >>', ONE_PAGE, `<< /Type /Page /Parent 2 0 R ${A4} >>`, stream('<xdp/>'),
]);

/** Signed twice over: the signature stands in place in a field that no form lists. */
export const signedInPlace = (): Buffer => onePage(A4, '<< /FT /Sig /T (s) /V << /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents <00> >> >>');

export const withJavaScript = (): Buffer => rawPdf([
  '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>', ONE_PAGE, `<< /Type /Page /Parent 2 0 R ${A4} >>`,
]);

/** A NUL and half of a surrogate pair, in UTF-16. */
export const unstorableTitle = (): Buffer =>
  rawPdf([CATALOG, ONE_PAGE, `<< /Type /Page /Parent 2 0 R ${A4} >>`], '/Info << /Title <FEFF006100000062D800> >>');

/** Anybody may open it, but its owner forbids changes: 40-bit RC4 with an empty user password (ISO 32000-1, 7.6.3.3, algorithms 2 to 4). */
export function ownerRestricted(): Buffer {
  const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
  const id = Buffer.alloc(16, 7);
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(-64);
  const owner = rc4(md5(Buffer.concat([Buffer.from('owner'), padding]).subarray(0, 32)).subarray(0, 5), padding);
  const user = rc4(md5(Buffer.concat([padding, owner, permissions, id])).subarray(0, 5), padding);
  const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${owner.toString('hex')}> /U <${user.toString('hex')}> /P -64 >>`;
  return rawPdf([CATALOG, ONE_PAGE, `<< /Type /Page /Parent 2 0 R ${A4} >>`], `${encrypt} /ID [<${id.toString('hex')}> <${id.toString('hex')}>]`);
}

const md5 = (data: Buffer): Buffer => createHash('md5').update(data).digest();

function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number): void => void ([state[a], state[b]] = [state[b]!, state[a]!]);
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + state[i]! + key[i % key.length]!) % 256;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return data.map((byte) => {
    i = (i + 1) % 256;
    j = (j + state[i]!) % 256;
    swap(i, j);
    return byte ^ state[(state[i]! + state[j]!) % 256]!;
  }) as Buffer;
}
