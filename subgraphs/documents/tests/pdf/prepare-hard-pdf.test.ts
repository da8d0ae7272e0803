import { readFile } from 'node:fs/promises';
import { signPdf } from '@buffrsign/pades';
import { createTestTrust, sealSigner } from '@buffrsign/pades/test-trust';
import { describe, expect, test } from 'vitest';
import { INSPECTION_LIMITS } from '../../src/pdf/index.ts';
import { corpusPdf } from '../support/corpus.ts';
import * as hard from '../support/hard-pdfs.ts';
import { drawn, inSandbox, prepared, refusalOf, sourceOf, strictly } from '../support/prepare.ts';

const corpus = (name: string): Promise<Buffer> => readFile(corpusPdf(name));

describe('a file that is not as it should be', () => {
  test.each([
    ['whose table is said to be elsewhere', hard.wrongStartxref],
    ['whose table has every place wrong', hard.wrongOffsets],
    ['with something before it', hard.junkBefore],
    ['with something after it', hard.junkAfter],
    ['with a key that stands twice', hard.equalKeys],
  ])('%s is mended and shows what it showed', async (_what, make) => {
    const { pdf } = await prepared(make());
    expect((await drawn(pdf)).at(0.4, 0.7)).toEqual([0, 0, 255]);
    expect(() => strictly(pdf).catalog).not.toThrow();
  });

  test('cut in half is refused', async () => {
    const whole = await corpus('multicolumn.pdf');
    expect(await refusalOf(whole.subarray(0, whole.length / 2))).toBe('BROKEN');
  });

  test('with a page listed twice has two pages of their own', async () => {
    const { pdf, answer } = await prepared(hard.samePageTwice());
    expect(answer.prepared.pageCount).toBe(2);
    expect(sourceOf(pdf).match(/\/Type \/Page\b/g)).toHaveLength(2);
  });

  test('restricted by its owner is refused, unless the owner’s password is given', async () => {
    expect(await refusalOf(hard.ownerRestricted())).toBe('ENCRYPTED');
    const { pdf } = await prepared(hard.ownerRestricted(), 'owner');
    expect(sourceOf(pdf)).not.toContain('/Encrypt');
  });
});

describe('a document that is signed already', () => {
  const now = new Date();
  const sign = async (certify?: 1 | 2 | 3): Promise<Buffer> => {
    const trust = await createTestTrust({ now, algorithm: 'ecdsa-p256-sha256' });
    return Buffer.from(await signPdf(await corpus('minimal-document.pdf'), { signer: sealSigner(trust), signedAt: now, ...(certify && { certify }) }));
  };

  test.each([[undefined], [2 as const]])('stays as it is, byte for byte (certified: %s)', async (certify) => {
    const signed = await sign(certify);
    const { answer, pdf } = await prepared(signed);
    expect(answer).toMatchObject({ rewritten: false, removed: [], prepared: { hasSignatures: true } });
    expect(pdf.equals(signed)).toBe(true);
  });

  test('and lists the signature fields that are left', async () => {
    const withFields = Buffer.from(hard.twoSignatureFields());
    const trust = await createTestTrust({ now, algorithm: 'ecdsa-p256-sha256' });
    const signed = await signPdf(withFields, { signer: sealSigner(trust), signedAt: now, fieldName: 'Third' });
    const { answer } = await prepared(signed);
    expect(answer.emptySignatureFields).toEqual(['Tenant', 'Landlord']);
    expect(answer.fields.map(({ name, kind, page }) => [name, kind, page])).toEqual([['Tenant', 'SIGNATURE', 1], ['Landlord', 'SIGNATURE', 1]]);
  });

  test('and allows no change is refused', async () => {
    expect(await refusalOf(await sign(1))).toBe('CERTIFIED_NO_CHANGES');
  });

  test('and damaged is refused: mending would break the signature', async () => {
    expect(await refusalOf(Buffer.concat([await sign(), Buffer.from('<!-- junk -->')]))).toBe('SIGNATURE_UNREADABLE');
  });

  test('by a signature that no form lists is refused', async () => {
    expect(await refusalOf(hard.signedInPlace())).toBe('SIGNATURE_UNLISTED');
  });
});

describe('what is not taken', () => {
  test.each([
    ['nothing at all', () => '', 'EMPTY'],
    ['plain text', () => 'Dear Sir or Madam', 'NOT_A_PDF'],
    ['a zip archive, as office documents are', () => Buffer.from('504b0304140000000800', 'hex'), 'NOT_A_PDF'],
    ['a header and nothing more', () => '%PDF-1.7\n', 'BROKEN'],
  ])('%s', async (_what, make, refusal) => {
    expect(await inSandbox(make())).toMatchObject({ ok: false, refusal, message: expect.stringMatching(/\. .+\.$/) as string });
  });

  test.each([
    ['a document without pages', hard.noPages, 'BROKEN'],
    ['an XFA form', hard.xfaForm, 'XFA'],
    ['a page without a size', hard.noSize, 'BROKEN'],
    ['a page cropped to nothing', hard.croppedAway, 'BROKEN'],
    ['a page turned by half a quarter', hard.slanted, 'BROKEN'],
  ])('%s', async (_what, make, refusal) => {
    expect(await refusalOf(make())).toBe(refusal);
  });

  test('more pages or more bytes than allowed', async () => {
    const whole = await corpus('multicolumn.pdf');
    expect(await inSandbox(whole, { maxPages: 3 })).toMatchObject({ ok: true });
    expect(await inSandbox(whole, { maxPages: 2 })).toMatchObject({ ok: false, refusal: 'TOO_MANY_PAGES' });
    expect(await inSandbox(whole, { maxBytes: 1000 })).toMatchObject({ ok: false, refusal: 'TOO_LARGE' });
  });
});

describe('a hostile document ends in a named refusal', () => {
  test.each([
    ['page content of a gigabyte', hard.flateBomb, 'TOO_COMPLEX'],
    ['forms that draw each other a billion times', hard.exponentialForms, 'TOO_COMPLEX'],
    ['a page tree that contains itself', hard.pageTreeLoop, 'BROKEN'],
    ['a page tree of branches without end', hard.branchesWithoutEnd, /BROKEN|TOO_COMPLEX/],
    ['arrays nested in the catalog deeper than any stack', hard.nestedInCatalog, 'TOO_COMPLEX'],
    ['a picture that takes minutes to draw', hard.giganticImage, 'TOO_COMPLEX'],
  ])('%s', { timeout: 60_000 }, async (_what, make, refusal) => {
    const outcome = await inSandbox(make(), { wallTimeMs: Math.min(INSPECTION_LIMITS.wallTimeMs, 20_000) });
    expect(outcome.ok ? 'taken' : outcome.refusal).toMatch(refusal);
  });
});

describe('a strange document that does no harm is taken', () => {
  test.each([
    ['a page of 350 metres', hard.hugePage],
    ['arrays nested a million deep that nobody refers to', hard.nestedUnreferenced],
    ['an object stream of a gigabyte that nobody refers to', hard.objectStreamBomb],
    ['a page tree that claims a billion pages and has one', hard.countLie],
    ['fifty thousand objects', () => hard.manyObjects(50_000)],
  ])('%s', async (_what, make) => {
    expect(await inSandbox(make())).toMatchObject({ ok: true, prepared: { pageCount: 1 } });
  });
});
