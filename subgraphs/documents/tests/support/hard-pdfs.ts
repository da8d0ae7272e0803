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

/** Everything at once that acts or hides (ISO 32000-2, 12.6, 13): what may stay are the picture of the film, the link and the attachment. */
export const withEverythingThatActs = (): Buffer => rawPdf([
  `<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R /AA << /WC << /S /JavaScript /JS (a) >> >> /Collection << /View /T >> /Requirements [<< /S /EnableJavaScripts >>]
     /Names << /JavaScript << /Names [(x) << /S /JavaScript /JS (b) >>] >> /EmbeddedFiles << /Names [(f.txt) 12 0 R] >> >>
     /Perms << /UR3 << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >> >>
     /AcroForm << /Fields [10 0 R] >> /OCProperties << /OCGs [] /D << >> >> >>`,
  ONE_PAGE,
  `<< /Type /Page /Parent 2 0 R ${A4} /AA << /O << /S /Launch /F (a.exe) >> >> /Annots [6 0 R 7 0 R 8 0 R 9 0 R 10 0 R 11 0 R 99 0 R] /Contents [4 0 R 98 0 R] /Dangling 97 0 R /PieceInfo 14 0 R >>`,
  stream('0 0 1 rg 50 50 100 100 re f'),
  '<< /S /GoTo /D [3 0 R /Fit] /Next << /S /JavaScript /JS (app.alert\\(1\\)) >> >>',
  '<< /Type /Annot /Subtype /Link /Rect [0 0 10 10] /A << /S /Launch /Win << /F (cmd.exe) >> >> >>',
  '<< /Type /Annot /Subtype /Link /Rect [20 0 30 10] /A << /S /URI /URI (https://example.na/) /Next [<< /S /SubmitForm /F (http://x) >> << /S /Named /N /NextPage >>] >> >>',
  '<< /Type /Annot /Subtype /Screen /Rect [200 200 300 300] /AP << /N 13 0 R >> /A << /S /Rendition /OP 0 >> >>',
  '<< /Type /Annot /Subtype /Sound /Rect [0 40 10 50] /Sound 13 0 R >>',
  '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ndapewa) /Rect [300 300 400 320] /AA << /K << /S /JavaScript /JS (c) >> >> >>',
  '<< /Type /Annot /Subtype /Link /Rect [40 0 50 10] /A << /S /URI /URI (javascript:alert\\(1\\)) >> >>',
  '<< /Type /Filespec /F (f.txt) /EF << /F 15 0 R >> >>',
  stream('1 0 0 rg 0 0 100 100 re f', '/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Ref << /F (other.pdf) /Page 0 >>'),
  stream('4 0 0 1 rg', '/Type /ObjStm /N 0 /First 0'),
  stream('attached', '/Type /EmbeddedFile'),
]);

/** By its cross-reference the page is blue. Who takes the last object of a number, wherever it stands, sees it red. */
export function twoFaced(): Buffer {
  const [blue, red] = ['0 0 1 rg 50 50 400 400 re f', '1 0 0 rg 50 50 400 400 re f'];
  const file = onePage(`${A4} /Contents 4 0 R`, stream(blue)).toString('latin1');
  // After the last object that counts, before the table, whose place alone has to be told anew.
  const hidden = `4 0 obj\n${stream(red).toString('latin1')}\nendobj\n`;
  const table = file.indexOf('xref\n0');
  return Buffer.from(`${file.slice(0, table)}${hidden}${file.slice(table).replace(/startxref\n\d+/, `startxref\n${table + hidden.length}`)}`, 'latin1');
}

/** As `twoFaced`, but the red page lies in an object stream that the page leads to. */
export const twoFacedInside = (): Buffer => {
  const otherPage = `3 0 << /Type /Page /Parent 2 0 R ${A4} /Contents 6 0 R >>`;
  const [blue, red] = [stream('0 0 1 rg 50 50 400 400 re f'), stream('1 0 0 rg 50 50 400 400 re f')];
  return onePage(`${A4} /Contents 4 0 R /PieceInfo [5 0 R 6 0 R]`, blue, stream(otherPage, '/Type /ObjStm /N 1 /First 4'), red);
};

const edited = (pdf: Buffer, edit: (text: string) => string): Buffer => Buffer.from(edit(pdf.toString('latin1')), 'latin1');
export const bluePage = (): Buffer => onePage(`${A4} /Contents 4 0 R`, stream('0 0 1 rg 50 50 400 400 re f'));
const HELVETICA = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
/** A page of text operators; `entries` are further ones of the page, as /Rotate. */
export const pageOfText = (content: string, entries = ''): Buffer => onePage(`${A4} ${entries} /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >>`, stream(content), HELVETICA, stream('BT /F 12 Tf 60 500 Td ({{signature:inner}}) Tj ET', '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >>'));
export const pageWithText = (text: string): Buffer => pageOfText(`BT /F 12 Tf 60 700 Td (${text}) Tj ET`);
export const wrongStartxref = (): Buffer => edited(bluePage(), (text) => text.replace(/startxref\s+\d+/, 'startxref\n1'));
/** A hundred megabytes of attachment. */
export const heavy = (): Buffer => onePage(`${A4} /PieceInfo 4 0 R`, stream(Buffer.alloc(100 * 2 ** 20, 'x')));
export const wrongOffsets = (): Buffer => edited(bluePage(), (text) => text.replace(/\d{10} 00000 n/g, (row) => `${String(Number(row.slice(0, 10)) + 7).padStart(10, '0')} 00000 n`));
export const junkBefore = (): Buffer => Buffer.concat([Buffer.from('<html>\n'), bluePage()]);
export const junkAfter = (): Buffer => Buffer.concat([bluePage(), Buffer.from('<!-- served in 3 ms -->'.repeat(100))]);
export const equalKeys = (): Buffer => onePage(`${A4} /Contents 4 0 R /Rotate 0 /Rotate 0`, stream('0 0 1 rg 50 50 400 400 re f'));
/** A tree of branches, each with two of the next: a billion ways, and no page at the end of one. */
export const branchesWithoutEnd = (): Buffer => rawPdf([CATALOG, ...Array.from({ length: 30 }, (_, level) => `<< /Type /Pages /Kids [${level + 3} 0 R ${level + 3} 0 R] /Count 1 >>`), '<< /Type /Pages /Kids [] /Count 0 >>']);
export const samePageTwice = (): Buffer => rawPdf([CATALOG, '<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>', `<< /Type /Page /Parent 2 0 R ${A4} >>`]);
export const manyObjects = (count: number): Buffer => onePage(`${A4} /Many [${Array.from({ length: count }, (_, index) => `${index + 4} 0 R`).join(' ')}]`, ...Array.from({ length: count }, () => '<< /A 1 >>'));

/** A form of a text, a box to tick, a place to sign, and what nobody fills in: a button, a choice of one, a field that is hidden, one that is read only. */
export const formPage = (entries: string): Buffer => rawPdf([
  '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 6 0 R 7 0 R 8 0 R 9 0 R 10 0 R 11 0 R] >> >>',
  ONE_PAGE,
  `<< /Type /Page /Parent 2 0 R ${A4} ${entries} /Annots [5 0 R 6 0 R 7 0 R 8 0 R 9 0 R 10 0 R 11 0 R] >>`,
  '<< /T (Person) /FT /Tx /Kids [5 0 R] >>',
  '<< /Type /Annot /Subtype /Widget /Parent 4 0 R /T (Full name) /TU (As in the passport) /Ff 2 /V (Ndapewa) /Rect [100 100 300 150] >>',
  '<< /Type /Annot /Subtype /Widget /FT /Btn /T (Agree) /V /Off /Rect [100 200 120 220] >>',
  '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sign here) /Rect [100 300 300 350] >>',
  '<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (Send) /Rect [100 400 120 420] >>',
  '<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 32768 /T (One of) /Rect [200 400 220 420] >>',
  '<< /Type /Annot /Subtype /Widget /FT /Tx /F 2 /T (Hidden) /Rect [300 400 320 420] >>',
  '<< /Type /Annot /Subtype /Widget /FT /Tx /Ff 1 /T (Fixed) /Rect [400 400 420 420] >>',
]);

/** A form of two signature fields that nobody has signed. */
export const twoSignatureFields = (): Buffer => rawPdf([
  '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 5 0 R] >> >>',
  ONE_PAGE,
  `<< /Type /Page /Parent 2 0 R ${A4} /Annots [4 0 R 5 0 R] >>`,
  '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Tenant) /Rect [50 50 250 100] /P 3 0 R >>',
  '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Landlord) /Rect [300 50 500 100] /P 3 0 R >>',
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
