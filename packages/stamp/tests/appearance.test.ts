import { PDFDocument, PDFRef, PDFStream } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { Revision } from '../../pades/src/pdf/revision.ts';
import { Workshop, describeWith, run } from '../../pades/tests/support/tools.ts';
import { certificateEntryAppearance, certificateEntryText, fieldAppearance, type FieldContent } from '../src/index.ts';
import { RecentlyUsed } from '../src/recently-used.ts';
import { ENTRY } from './support/certificate.ts';
import { quartersPng } from './support/png.ts';
import { inkWithin, pdfium } from './support/render.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

const SIZE = { width: 180, height: 40 };
const CONTENTS: readonly FieldContent[] = [
  { kind: 'signature', text: 'Ndapewa Shikongo' },
  { kind: 'signature', png: quartersPng() },
  { kind: 'initials', text: 'محمد' },
  { kind: 'date', text: '2026-01-31 UTC' },
  { kind: 'text', text: 'Windhoek\nप्रिया' },
  { kind: 'text', text: '' },
  { kind: 'checkbox', checked: true },
  { kind: 'checkbox', checked: false },
];

describe.each(CONTENTS)('The appearance of %o', (content) => {
  it('is one page of the size of the field, with one stream of content, that the strict reader takes', async () => {
    const { pdf } = await fieldAppearance(content, SIZE);
    const document = await PDFDocument.load(pdf, { updateMetadata: false });
    expect(document.getPageCount()).toBe(1);
    const page = document.getPage(0);
    expect(page.getMediaBox()).toEqual({ x: 0, y: 0, ...SIZE });
    // An empty text draws nothing.
    const contents = page.node.Contents();
    if ('text' in content && content.text === '') expect(contents).toBeUndefined();
    else expect(contents).toBeInstanceOf(PDFStream);
    const revision = new Revision(pdf);
    for (let number = 1; number < revision.xref.nextObjectNumber; number++) revision.resolve({ type: 'reference', number, generation: 0 });
    expect(Buffer.from(pdf).includes('/ObjStm')).toBe(false);
    expect([...document.context.enumerateIndirectObjects()].every(([reference]) => reference instanceof PDFRef)).toBe(true);
  });

  it('is the same object when it is asked for again, and another for another size', async () => {
    const first = await fieldAppearance(content, SIZE);
    expect(await fieldAppearance({ ...content }, { ...SIZE })).toBe(first);
    expect(await fieldAppearance(content, { ...SIZE, width: 181 })).not.toBe(first);
  });
});

describe('An appearance', () => {
  it('is told by its content: another drawing, another object', async () => {
    const drawn = (pixels: number) => fieldAppearance({ kind: 'signature', png: quartersPng(pixels) }, SIZE);
    expect(await drawn(40)).toBe(await drawn(40));
    expect(await drawn(40)).not.toBe(await drawn(60));
  });

  it('that cannot be shown is refused by name', async () => {
    const refused = async (content: FieldContent) => fieldAppearance(content, SIZE);
    await expect(refused({ kind: 'text', text: '张' })).rejects.toMatchObject({ code: 'TEXT_NOT_SHOWABLE', characters: ['张'] });
    await expect(refused({ kind: 'initials', png: new Uint8Array(9) })).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });

  it('keeps all ink inside of the smallest field', async () => {
    const { pdf } = await fieldAppearance({ kind: 'text', text: 'Ậgjpqy|  '.repeat(40) }, { width: 30, height: 12 });
    const picture = await pdfium(pdf, 1);
    expect([picture.width, picture.height]).toEqual([60, 24]);
  });
});

describe('The entry of a recipient', () => {
  const size = { width: 499.28, height: 104 };

  it('tells every fact, each in full', async () => {
    describeWithText(await certificateEntryAppearance(ENTRY, size));
  });

  const describeWithText = ({ pdf }: { readonly pdf: Uint8Array }): void => {
    const text = run('pdftotext', ['-raw', workshop.file(pdf), '-']).output.replace(/\s+/g, ' ');
    const decoded = Buffer.from(text, 'latin1').toString('utf8');
    for (const fact of [ENTRY.name, ENTRY.email, ENTRY.identifiedBy, ENTRY.consentTextSha256, ENTRY.certificateSerial, ENTRY.ip ?? '', ENTRY.userAgent ?? '']) expect(decoded).toContain(fact);
    for (const moment of ['10:02:30 UTC', '10:03:30 UTC', '10:04:30 UTC', '10:05:30 UTC']) expect(decoded).toContain(`2026-11-25 ${moment}`);
  };

  it('says the same as the value of its field', () => {
    expect(certificateEntryText(ENTRY)).toContain(`Consent text: SHA-256 ${ENTRY.consentTextSha256}`);
    expect(certificateEntryText(ENTRY).split('\n')).toHaveLength(11);
  });

  it('is never stopped by a name or a program that cannot be shown: it spells them out', async () => {
    const odd = { ...ENTRY, name: '张伟 😀', userAgent: `\u0000${'x'.repeat(2000)}` };
    const { pdf } = await certificateEntryAppearance(odd, size);
    const picture = await pdfium(pdf, 1);
    expect(inkWithin(await pdfium((await fieldAppearance({ kind: 'text', text: '' }, size)).pdf, 1), picture, { left: 0, top: 0, right: picture.width, bottom: picture.height })).toBeDefined();
  });
});

describeWith(['qpdf'], 'An appearance as a file', () => {
  it.each(CONTENTS)('is well-formed: %o', async (content) => {
    expect(run('qpdf', ['--check', workshop.file((await fieldAppearance(content, SIZE)).pdf)]).code).toBe(0);
  });
});

describe('A store of recent things', () => {
  it('forgets what was not used for longest once it is full', () => {
    const store = new RecentlyUsed<string>(10);
    store.set('a', 'A', 4);
    store.set('b', 'B', 4);
    expect(store.get('a')).toBe('A');
    store.set('c', 'C', 4);
    expect([store.get('a'), store.get('b'), store.get('c')]).toEqual(['A', undefined, 'C']);
    store.set('huge', 'H', 11);
    expect(store.get('huge')).toBeUndefined();
  });
});
