import pdfLib, { type PDFPage } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { tagsIn } from '../../src/pdf/child/tag-grammar.ts';
import * as hard from '../support/hard-pdfs.ts';
import { drawn, prepared, textOf } from '../support/prepare.ts';

describe('a tag', () => {
  const plain = { label: null, required: true, size: null };

  test.each([
    ['{{signature:signer1}}', { ...plain, kind: 'SIGNATURE', role: 'signer1' }],
    ['{{ Initials : Landlord }}', { ...plain, kind: 'INITIALS', role: 'Landlord' }],
    ['{{date:signer1:optional}}', { ...plain, kind: 'DATE_SIGNED', role: 'signer1' }],
    ['{{text:signer1:Job title:optional}}', { ...plain, kind: 'TEXT', role: 'signer1', label: 'Job title', required: false }],
    ['{{checkbox:signer1}}', { ...plain, kind: 'CHECKBOX', role: 'signer1', required: false }],
    ['{{*checkbox:signer1}}', { ...plain, kind: 'CHECKBOX', role: 'signer1' }],
    ['{{signature:signer 2:180x40}}', { ...plain, kind: 'SIGNATURE', role: 'signer 2', size: { width: 180, height: 40 } }],
  ])('%s says what it says', (text, tag) => {
    expect(tagsIn(`Sign ${text}.`)).toEqual([{ at: 5, length: text.length, tag }]);
  });

  test.each(['{{first_name}}', '{{signature}}', '{{signature:}}', '{{signature:a{b}}', '{signature:a}', '{{signature:\na}}', '{{stamp:signer1}}'])('%s is none and stays text', (text) => {
    expect(tagsIn(text)).toEqual([]);
  });
});

/** A page of two lines: a tag in the middle of one, two others and what is no tag on the other. */
const document = async (change: (page: PDFPage) => void = () => undefined): Promise<Uint8Array> => {
  const made = await pdfLib.PDFDocument.create();
  const page = made.addPage([500, 400]);
  const font = await made.embedFont(pdfLib.StandardFonts.Helvetica);
  page.drawText('Signed by {{signature:tenant}} on {{date:tenant}} in Windhoek', { x: 50, y: 300, size: 11, font });
  page.drawText('{{text:tenant:Job title}} {{nothing}}', { x: 50, y: 200, size: 11, font });
  change(page);
  return made.save({ useObjectStreams: false });
};

describe('tags in a document', () => {
  test.each([
    ['upright', () => undefined],
    ['turned right', (page: PDFPage) => page.setRotation(pdfLib.degrees(90))],
    ['upside down', (page: PDFPage) => page.setRotation(pdfLib.degrees(180))],
    ['turned left and cropped', (page: PDFPage) => {
      page.setRotation(pdfLib.degrees(270));
      page.setCropBox(30, 100, 450, 280);
    }],
  ])('on a page that is %s become fields where they stood, and are no longer to be seen or copied', async (_how, change) => {
    const upload = await document(change);
    const { answer, pdf } = await prepared(upload);
    expect(new Set(answer.fields.map(({ kind, role, label, page }) => [kind, role, label, page].join()))).toEqual(new Set(['SIGNATURE,tenant,,1', 'DATE_SIGNED,tenant,,1', 'TEXT,tenant,Job title,1']));
    const text = (await textOf(pdf)).replace(/\s+/g, ' ');
    expect(text).toMatch(/Signed by\s+on\s+in Windhoek/);
    expect(text).toContain('{{nothing}}');
    expect(text).not.toMatch(/tenant|signature|Job/);

    const [before, after] = [await drawn(upload), await drawn(pdf)];
    for (const field of answer.fields) {
      // A field is at least as large as its tag; its middle lay in the tag's line or right above it.
      expect(before.hasInk(field)).toBe(true);
      if (field.kind !== 'SIGNATURE') expect(after.hasInk({ ...field, ...inner(field) })).toBe(false);
    }
  });

  test('leave everything else where it was, to a hair', async () => {
    const upload = await document();
    const { answer, pdf } = await prepared(upload);
    const [before, after] = [await drawn(upload), await drawn(pdf)];
    const isInField = (x: number, y: number): boolean => answer.fields.some((field) => x > field.x - 0.01 && x < field.x + field.width + 0.01 && y > field.y - 0.02 && y < field.y + field.height + 0.02);
    let compared = 0;
    for (let y = 0; y < 1; y += 0.004) for (let x = 0; x < 1; x += 0.002) if (!isInField(x, y)) {
      compared += Number(before.at(x, y)[0] < 128);
      expect(Math.abs(before.at(x, y)[0] - after.at(x, y)[0])).toBeLessThan(64);
    }
    expect(compared).toBeGreaterThan(50);
  });

  test.each([
    ['in pieces, each where the last one ended', 'BT /F 12 Tf 60 700 Td (Here {{sign) Tj (ature:a}} and on) Tj ET'],
    ['with adjustments between its letters', 'BT /F 12 Tf 60 700 Td [(Here {{si) -20 (gnat) 15.5 (ure:a}} and) -300 (on)] TJ ET'],
    ['on the next line, by the operator that goes there', "BT /F 12 Tf 14 TL 60 720 Td (first) Tj (Here {{signature:a}} and on) ' ET"],
    ['in a page whose content is turned and scaled', 'q 0 2 -2 0 500 100 cm BT /F 6 Tf 10 20 Td (Here {{signature:a}} and on) Tj ET Q'],
    ['after a picture in the content', 'BI /W 1 /H 1 /BPC 8 /CS /G ID (Tj EI BT /F 12 Tf 60 700 Td (Here {{signature:a}} and on) Tj ET'],
  ])('that are drawn %s are cut out, and what follows stays', async (_how, content) => {
    const upload = hard.pageOfText(content);
    const { answer, pdf } = await prepared(upload);
    expect(answer.fields).toMatchObject([{ kind: 'SIGNATURE', role: 'a' }]);
    expect((await textOf(pdf)).replace(/\s+/g, '')).toMatch(/Hereandon$/);
  });

  test('that cannot be cut out, as in a form that other pages may draw, are covered by white', async () => {
    const upload = hard.pageOfText('0.9 g 0 0 595 842 re f 0 g q /X Do Q');
    const { answer, pdf } = await prepared(upload);
    expect(answer.fields).toMatchObject([{ role: 'inner', page: 1 }]);
    const [before, after] = [await drawn(upload), await drawn(pdf)];
    const middle = { x: 110 / 595, y: 1 - 504 / 842 };
    const dark = (drawing: typeof before): number => Array.from({ length: 200 }, (_, step) => drawing.at(60 / 595 + (step / 200) * 0.15, middle.y)).filter(([red]) => red < 100).length;
    expect([dark(before) > 0, dark(after)]).toEqual([true, 0]);
    expect(after.at(middle.x, middle.y)).toEqual([255, 255, 255]);
    expect(after.at(0.9, 0.9)).toEqual(before.at(0.9, 0.9));
  });

  test('of one size more than fits stay on the page', async () => {
    const { answer } = await prepared(hard.pageWithText('{{signature:a:9000x9000}}'));
    expect(answer.fields).toMatchObject([{ x: 0, y: 0, width: 1, height: 1 }]);
  });
});

/** Away from the edges, which neighbours may touch. */
const inner = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) => ({ x: x + width * 0.1, y: y + height * 0.2, width: width * 0.2, height: height * 0.6 });

describe('fields of a form', () => {
  test.each([
    [0, '', { x: 100 / 595, y: (842 - 150) / 842, width: 200 / 595, height: 50 / 842 }],
    [90, '', { x: 100 / 842, y: 100 / 595, width: 50 / 842, height: 200 / 595 }],
    [180, '', { x: 1 - 300 / 595, y: 100 / 842, width: 200 / 595, height: 50 / 842 }],
    [270, '/CropBox [50 50 550 800] /UserUnit 3', { x: 650 / 750, y: 250 / 500, width: 50 / 750, height: 200 / 500 }],
  ])('are given as they are seen on a page turned by %i degrees %s', async (rotation, entries, at) => {
    const { answer } = await prepared(hard.formPage(`/Rotate ${rotation} ${entries}`));
    const [field] = answer.fields;
    expect(field).toMatchObject({ source: 'ACRO_FORM', name: 'Person.Full name', kind: 'TEXT', label: 'As in the passport', required: true, value: 'Ndapewa', role: null, page: 1 });
    for (const side of ['x', 'y', 'width', 'height'] as const) expect(field![side]).toBeCloseTo(at[side], 6);
    expect(answer.fields.map(({ name, kind }) => [name, kind])).toEqual([['Person.Full name', 'TEXT'], ['Agree', 'CHECKBOX'], ['Sign here', 'SIGNATURE']]);
  });
});
