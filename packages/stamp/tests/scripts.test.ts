import { PDFDocument, PDFRawStream, decodePDFRawStream } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classicPdf } from '../../pades/tests/support/fixtures.ts';
import { Workshop, describeWith } from '../../pades/tests/support/tools.ts';
import { handwriting, typefaces, type Style } from '../src/fonts/catalogue.ts';
import { loadShaper, type Shaper } from '../src/fonts/shaper.ts';
import { TrueType } from '../src/fonts/true-type.ts';
import { canShow, refusedCharacters, stampPdf, type StampField } from '../src/index.ts';
import { Typesetter, type Line } from '../src/text/typesetter.ts';
import { difference, pdfium, poppler, type Renderer } from './support/render.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

/** A name in each script, as it is typed. */
const NAMES: readonly (readonly [script: string, text: string])[] = [
  ['Latin', 'Ndapewa Shikongo-Müller'],
  ['Latin with click letters', 'Gǂaan ǃXóõ ǀXam ǁKaras'],
  ['Latin of African alphabets', 'Ŋɓaɗe Ƙofa ɛɔ Ẹ̀kọ́'],
  ['Latin with stacked marks', 'Nguyễn Thị Ậu'],
  ['Greek', 'Ελευθερία Ωμέγα'],
  ['Cyrillic', 'Дмитрий Ђорђевић'],
  ['Arabic', 'محمد عبد الله'],
  ['Arabic with vowel signs', 'مُحَمَّد'],
  ['Persian with a joiner', 'می‌خواهم'],
  ['Hebrew', 'אברהם כהן'],
  ['Hebrew with points', 'שָׁלוֹם'],
  ['Ethiopic', 'ተስፋዬ ለማ'],
  ['Devanagari', 'प्रिया क्षत्रिय हिन्दी'],
  ['Thai', 'สมชาย ที่ปู่ น้ำใจ'],
  ['Georgian', 'გიორგი ბერიძე'],
  ['Armenian', 'Արամ Խաչատրյան'],
  ['N’Ko', 'ߒߞߏ ߞߊ߲'],
  ['Tifinagh', 'ⵜⵉⴼⵉⵏⴰⵖ'],
  ['two directions at once', 'Contract with محمد علي & Co. (Ltd) 2026'],
];
const rectangle = { x: 0.05, y: 0.2, width: 0.9, height: 0.5 };
const stamped = (text: string, kind: StampField['kind'] = 'text'): Promise<Uint8Array> => stampPdf(classicPdf(), [{ kind, page: 1, rectangle, text } as StampField]);

let shaper: Shaper;
beforeAll(async () => {
  shaper = await loadShaper();
});
const lineOf = (text: string, style: Style = 'regular'): Line => new Typesetter(shaper).lineOf(text, style);
/** The characters from left to right. */
const seen = (text: string): string => lineOf(text).runs.flatMap(({ glyphs }) => glyphs.map((glyph) => glyph.text)).join('');

describe.each(NAMES)('A name in %s', (_, text) => {
  it('is shown with glyphs of its own, never with the blank box', () => {
    expect(refusedCharacters(text)).toEqual([]);
    for (const style of ['regular', 'bold', 'mark'] as const) {
      const glyphs = lineOf(text, style).runs.flatMap((run) => run.glyphs);
      expect(glyphs.length).toBeGreaterThan(0);
      expect(glyphs.map(({ glyph }) => glyph)).not.toContain(0);
    }
  });

  it('is embedded as a subset that has an outline for every letter', async () => {
    const { context } = await PDFDocument.load(await stamped(text, 'signature'), { updateMetadata: false });
    const streams = context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFRawStream ? [object] : []));
    const fonts = streams.filter(({ dict }) => String(dict).includes('/Length1')).map((stream) => Buffer.from(decodePDFRawStream(stream).decode()));
    expect(fonts.length).toBeGreaterThan(0);
    for (const bytes of fonts) {
      // Subsets are small, and their tables lie within the file.
      expect(bytes.length).toBeLessThan(40_000);
      expect(tableSums(bytes)).toBe(0xb1b0afba);
    }
  });

  const shows = (render: Renderer) => async () => expect(difference(await render(classicPdf(), 1), await render(await stamped(text), 1))).toBeDefined();
  it('leaves ink in PDFium', shows(pdfium));
  describeWith(['pdftoppm'], 'with poppler', () => it('leaves ink', shows(poppler(workshop))));
});

/** The sum of a TrueType file as 32-bit words, which its head makes one known number. */
function tableSums(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}

describe('Copied text', () => {
  // Marks that have no letter of their own, and lines of two directions, come out in an order that differs among readers.
  const copied = NAMES.filter(([script]) => !/points|vowel|African|N’Ko|joiner|two directions/.test(script));
  it.each(copied)('in %s is what was typed, by PDFium', async (_, text) => {
    expect(await textByPdfium(await stamped(text))).toBe(text.normalize('NFC'));
  });
});

async function textByPdfium(pdf: Uint8Array): Promise<string> {
  const { PDFiumLibrary } = await import('@hyzyla/pdfium');
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const text = document.getPage(0).getText();
    document.destroy();
    return text.replaceAll('\u200b', '').trim().normalize('NFC');
  } finally {
    library.destroy();
  }
}

describe('The order of glyphs', () => {
  it.each([
    ['right-to-left text from the right', 'שלום', 'םולש'],
    ['numbers from the left in text that runs leftwards', 'אב 123 גד', 'דג 123 בא'],
    ['Arabic digits as well', 'سنة ٢٠٢٦', '٢٠٢٦ ةنس'],
    ['brackets so that they embrace', 'אב (גד) הו', 'וה (דג) בא'],
    ['Latin within Hebrew', 'אב Windhoek 5 גד', 'דג Windhoek 5 בא'],
    ['Hebrew within Latin', 'Mr אברהם כהן & 12', 'Mr 12 & ןהכ םהרבא'],
    ['a number after Hebrew in a Latin line as part of it', 'No. אב 12!', 'No. 12 בא!'],
  ])('shows %s', (_, typed, expected) => {
    expect(seen(typed)).toBe(expected);
  });

  it('joins Arabic letters by their place in the word, and makes lam with alef one glyph or a joined pair', () => {
    const glyphs = (text: string) => lineOf(text).runs.flatMap((run) => run.glyphs.map(({ glyph }) => glyph));
    const alone = glyphs('م')[0];
    const [last, middle, first] = glyphs('ممم');
    expect(new Set([alone, first, middle, last]).size).toBe(4);
    // A non-joiner parts them again.
    expect(glyphs('م\u200cم')).toEqual([alone, alone]);
  });

  it('puts marks onto their base: above it, and without width', () => {
    const [base, mark] = lineOf('ที').runs.flatMap((run) => run.glyphs);
    expect([base?.advance, mark?.advance]).toEqual([expect.toSatisfy((width: number) => width > 0), 0]);
    expect(lineOf('ẹ̀').ink.top).toBeGreaterThan(lineOf('ẹ').ink.top);
  });
});

describe('What no font can show', () => {
  it.each([
    ['Chinese', '张伟', ['张', '伟']],
    ['Korean', 'a 한국', ['한', '국']],
    ['emoji, also those of several characters', 'ok 👩‍💻', ['👩', '💻']],
    ['controls', 'a\u0000b\u0007', ['\u0000', '\u0007']],
    ['marks that turn the direction around', 'a\u202ecod.exe', ['\u202e']],
    ['isolates', '\u2066a\u2069', ['\u2066', '\u2069']],
    ['private use', '\ue000', ['\ue000']],
    ['what is not assigned', '\u0378', ['\u0378']],
    ['half a surrogate pair', 'x\ud83d', ['\ud83d']],
    ['separators of lines', 'a\u2028b', ['\u2028']],
  ])('is told by name: %s', (_, text, expected) => {
    expect(refusedCharacters(text)).toEqual(expected);
  });

  it('is not what only steers: joiners, soft hyphens, direction marks', () => {
    expect(canShow('می\u200cخواهم\u200f a\u00adb\u200b')).toBe(true);
    expect(lineOf('\u00ad\u200b\u200e').width).toBe(0);
  });
});

describe('Fonts', () => {
  it('look like handwriting for marks that have no other letters, and never for half of one', () => {
    const fonts = (text: string) => new Set(lineOf(text, 'mark').runs.map(({ typeface }) => typeface));
    expect(fonts('Ndapewa Müller')).toEqual(new Set([handwriting()]));
    expect(fonts('Дмитрий')).toEqual(new Set([handwriting()]));
    expect(fonts('Ndapewa محمد')).not.toContain(handwriting());
    expect(fonts('Gǂaan')).not.toContain(handwriting());
  });

  it('can all be read, and have what a subset needs', () => {
    for (const { font } of [...typefaces('regular'), ...typefaces('bold'), ...typefaces('mark'), handwriting()]) {
      expect(font).toBeInstanceOf(TrueType);
      expect(font.table('glyf').length).toBeGreaterThan(0);
      expect(font.glyphOf(0x20)).toBeGreaterThan(0);
    }
  });

  it('give the same file for the same text', async () => {
    const [first, second] = [await stamped('Ndapewa محمد'), await stamped('Ndapewa محمد')];
    expect(Buffer.from(first).equals(second)).toBe(true);
  });
});
