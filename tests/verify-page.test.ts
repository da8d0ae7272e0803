import { buildSchema, parse, print, validate } from 'graphql';
import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { corpus } from './support/corpus.ts';
import { CHROMIUM, dropFile, focused, overflow, startVerifyPage, verdictOf, type VerifyPage } from './support/verify-page.ts';

/** One bit of a name in the first page is another one. */
const tampered = (pdf: Uint8Array): Uint8Array => {
  const copy = Buffer.from(pdf);
  copy[copy.indexOf('/MediaBox') + 1]! ^= 0x20;
  return copy;
};

test('the page asks by the golden operation', () => {
  const source = readFileSync('pages/verify/client.js', 'utf8');
  const [, operation = ''] = /OPERATION = `([^`]+)`/.exec(source) ?? [];
  expect(validate(buildSchema(readFileSync('schema/api.graphql', 'utf8')), parse(operation))).toEqual([]);
  expect(print(parse(operation))).toBe(print(parse(readFileSync('schema/operations/VerifyDocument.graphql', 'utf8'))));
});

describe.skipIf(!existsSync(CHROMIUM))(`the page /verify in a browser${existsSync(CHROMIUM) ? '' : ` (there is no ${CHROMIUM})`}`, () => {
  let site: VerifyPage;
  let page: Page;
  let unsigned: Uint8Array;
  beforeAll(async () => {
    site = await startVerifyPage();
    unsigned = await readFile(join(corpus(), 'minimal-document.pdf'));
  });
  beforeEach(async () => {
    page = await site.open();
    return async () => {
      await page.close();
      expect(site.complaints.splice(0)).toEqual([]);
    };
  });
  afterAll(() => site.stop());

  test('says of a sealed PDF that is dropped on it that nothing was changed, who signed, that the trust is a test’s, and that it was sealed here', async () => {
    await dropFile(page, 'lease.pdf', site.sealed);
    expect(await verdictOf(page)).toBe('Nothing was changed, but the certificates are for testing');
    const text = await page.locator('#result').innerText();
    expect(text).toContain('was sealed on this platform on');
    expect(text).toContain('TEST');
    expect(text).toContain(createHash('sha256').update(site.sealed).digest('hex'));
    expect(await page.locator('.signature').count()).toBeGreaterThan(0);
    expect(await page.title()).toContain('Nothing was changed');
  });

  test('says of a copy with one bit changed that its signature is broken, and not that it was sealed here', async () => {
    await dropFile(page, 'lease.pdf', tampered(site.sealed));
    expect(await verdictOf(page)).toBe('A signature in this document is broken');
    expect(await page.locator('#result').innerText()).not.toContain('sealed on this platform');
    expect(await page.locator('.signature .chip').allInnerTexts()).toContain('Broken');
  });

  test('says of a PDF without a signature that it carries none', async () => {
    await dropFile(page, 'minimal.pdf', unsigned);
    expect(await verdictOf(page)).toBe('This PDF carries no digital signature');
  });

  test('says of a locked PDF what to do', async () => {
    await dropFile(page, 'locked.pdf', await readFile(join(corpus(), 'libreoffice-writer-password.pdf')));
    expect(await verdictOf(page)).toBe('This PDF is locked with a password');
    expect(await page.locator('#result').innerText()).toContain('Ask whoever sent it');
  });

  test('sends nothing anywhere of a file that is no PDF, or that is too large', async () => {
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await dropFile(page, 'letter.pdf', Buffer.from('Dear Sir or Madam,'));
    expect(await verdictOf(page)).toBe('This is not a PDF');
    await page.evaluate(() => Object.defineProperty(File.prototype, 'size', { get: () => 100 * 1024 * 1024 }));
    await page.getByRole('button', { name: 'Choose another PDF' }).click();
    await dropFile(page, 'large.pdf', unsigned);
    expect(await verdictOf(page)).toBe('This file is too large');
    expect(sent).toEqual([]);
  });

  test('shows what stands in a file as text, never as markup', async () => {
    await dropFile(page, '<img src=x onerror=alert(1)>.pdf', unsigned);
    expect(await page.locator('.filename').last().innerText()).toBe('<img src=x onerror=alert(1)>.pdf');
    expect(await page.locator('#result img').count()).toBe(0);
  });

  test('goes from file to answer and back by keyboard alone, and says aloud where it is', async () => {
    const chosen = page.waitForEvent('filechooser');
    await page.keyboard.press('Tab');
    expect(await focused(page).textContent()).toBe('Skip to the check');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page).getAttribute('id')).toBe('choose');
    await page.keyboard.press('Enter');
    await (await chosen).setFiles({ name: 'minimal.pdf', mimeType: 'application/pdf', buffer: Buffer.from(unsigned) });
    await page.locator('#verdict').waitFor();
    expect(await focused(page).getAttribute('id')).toBe('verdict');
    expect(await page.locator('[role=status]').count()).toBe(1);
    // From the verdict: copy, technical data, and on.
    for (let step = 0; step < 5 && (await focused(page).textContent()) !== 'Check another PDF'; step += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await focused(page).getAttribute('id')).toBe('choose');
  });

  test.each([320, 390, 768])('fits a screen %i pixels wide, at its start and with its longest answer', async (width) => {
    const narrow = await site.open({ viewport: { width, height: 800 } });
    expect(await overflow(narrow)).toBe(0);
    await dropFile(narrow, `a-very-${'long-'.repeat(40)}name.pdf`, site.sealed);
    await narrow.locator('#verdict').waitFor();
    await narrow.locator('details.data > summary').click();
    expect(await overflow(narrow)).toBe(0);
    await narrow.close();
  });

  test('says that it waits when others are served first, asks again, and can be stopped', async () => {
    await page.clock.install();
    let asked = 0;
    await page.route('**/graphql', async (route) => {
      asked += 1;
      if (asked > 1) return route.continue();
      await route.fulfill({ json: { data: { verifyDocument: { __typename: 'VerificationBusyError', message: 'Too many.', retryAfterSeconds: 10 } } } });
    });
    await dropFile(page, 'minimal.pdf', unsigned);
    await page.getByText('Others are being served first').waitFor();
    await page.clock.runFor(10_000);
    expect(await verdictOf(page)).toBe('This PDF carries no digital signature');

    await page.getByRole('button', { name: 'Check another PDF' }).click();
    await page.route('**/graphql', () => undefined);
    await dropFile(page, 'minimal.pdf', unsigned);
    await page.getByText('Checking its signatures').waitFor();
    await page.clock.runFor(2_500);
    await page.getByText('A large document takes a moment').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.locator('#start').isVisible()).toBe(true);
  });

  test('says so in words when the platform does not answer, and tries again when asked to', async () => {
    await page.route('**/verifications', (route) => route.fulfill({ status: 503, json: { code: 'UNAVAILABLE', message: 'A part of the platform does not answer right now. Try again shortly.' } }));
    await dropFile(page, 'minimal.pdf', unsigned);
    expect(await verdictOf(page)).toBe('The file was not taken');
    await page.unroute('**/verifications');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'This PDF carries no digital signature' }).waitFor();
    // The refusal is the browser's to report, and the only one.
    expect(site.complaints).toEqual([expect.stringContaining('503')]);
    site.complaints.length = 0;
  });
});
