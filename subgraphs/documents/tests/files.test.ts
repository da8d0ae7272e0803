import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpusPdf } from './support/corpus.ts';
import { aMember, startDocuments, type Documents } from './support/documents.ts';
import { pixelsOf } from './support/png-pixels.ts';

const owner = aMember();
let docs: Documents;
beforeAll(async () => {
  docs = await startDocuments();
});
afterAll(() => docs.stop());

const linksOf = async (id: string) => {
  interface Linked { document: { download: { url: string }; original: { download: { url: string } }; prepared: { sha256: string; size: number } } }
  const { document } = await docs.ask<Linked>(owner, 'query ($id: ID!) { document(id: $id) { download { url expiresAt } original { download { url } } prepared { sha256 size } } }', { id });
  return { ...document.prepared, download: docs.reach(document.download.url), original: docs.reach(document.original.download.url) };
};
const downloadOf = async (id: string): Promise<string> => (await linksOf(id)).download;
const thumbnailOf = async (id: string, maxWidth = 240): Promise<string> => {
  const { document } = await docs.ask<{ document: { pages: { thumbnailUrl: string }[] } }>(owner, 'query ($id: ID!, $w: Int) { document(id: $id) { pages { thumbnailUrl(maxWidth: $w) } } }', { id, w: maxWidth });
  return docs.reach(document.pages[0]!.thumbnailUrl);
};
const pathOf = (sha256: string): string => join(docs.folder, owner.organizationId, sha256);

describe('a download', () => {
  test('gives the very file, under its name, and as nothing but a PDF', async () => {
    const { id } = await docs.bring(owner, 'google-doc-document.pdf', { filename: 'Omaandaxa “Ndapewa” – 2026.PDF' });
    const { download, original, sha256, size } = await linksOf(id);
    const uploaded = await fetch(original);
    expect(Buffer.from(await uploaded.arrayBuffer()).equals(await readFile(corpusPdf('google-doc-document.pdf')))).toBe(true);
    expect(uploaded.headers.get('content-disposition')).toContain('2026-original.pdf');
    const response = await fetch(download);
    expect(response.status).toBe(200);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([createHash('sha256').update(bytes).digest('hex'), bytes.length]).toEqual([sha256, size]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'repr-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
    });
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=".*2026\.pdf"; filename\*=UTF-8''Omaandaxa%20%E2%80%9CNdapewa%E2%80%9D%20%E2%80%93%202026\.pdf$/);
  });

  test('of a damaged file breaks off before its end', async () => {
    const { id } = await docs.bring(owner, 'multicolumn.pdf');
    const { download, sha256 } = await linksOf(id);
    const whole = await readFile(pathOf(sha256));
    whole[whole.length - 1]! ^= 1;
    await writeFile(pathOf(sha256), whole);
    const response = await fetch(download);
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  test('ends with the document, also by a link given out before', async () => {
    const { id } = await docs.bring(owner, 'habibi.pdf');
    const url = await downloadOf(id);
    await docs.ask(owner, 'mutation ($id: ID!) { deleteDocument(input: { id: $id }) { __typename } }', { id });
    const response = await fetch(url);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  test('by a forged link is refused', async () => {
    const { id } = await docs.bring(owner, 'habibi.pdf');
    const url = await downloadOf(id);
    const [head, , signature] = url.slice(url.lastIndexOf('/') + 1).split('.');
    const claims = Buffer.from(JSON.stringify({ versionId: 'dov_1', holder: { kind: 'user', id: owner.id, organizationId: owner.organizationId }, exp: 4e9, aud: 'downloads' })).toString('base64url');
    for (const token of [`${head}.${claims}.${signature}`, `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`, 'nonsense']) {
      const response = await fetch(`${docs.graph.url}/downloads/${token}`);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'LINK_INVALID' });
    }
  });
});

describe('an image of a page', () => {
  test('is drawn once for some content and width, whoever asks, and kept', async () => {
    const { id } = await docs.bring(owner, 'habibi.pdf');
    const { sha256 } = await linksOf(id);
    const { id: twin } = await docs.bring(owner, 'habibi.pdf');
    const urls = [await thumbnailOf(id), await thumbnailOf(id, 479), await thumbnailOf(twin)];
    expect(urls[0]).toBe(urls[1]);
    const images = await Promise.all(urls.map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())));
    expect(pixelsOf(images[0]!).width).toBe(240);
    expect(images[1]!.equals(images[0]!) && images[2]!.equals(images[0]!)).toBe(true);

    const kept = await docs.graph.tools.db.thumbnail.findMany({ where: { organizationId: owner.organizationId, sha256 } });
    expect(kept).toMatchObject([{ page: 1, width: 240, imageSize: images[0]!.length }]);
    // Marked, so that it shows whether the kept image is what is sent.
    await docs.graph.tools.db.thumbnail.updateMany({ where: { sha256 }, data: { createdAt: new Date(0) } });
    expect(Buffer.from(await (await fetch(urls[0]!)).arrayBuffer()).equals(images[0]!)).toBe(true);
    expect(await docs.graph.tools.db.thumbnail.findMany({ where: { sha256 } })).toMatchObject([{ createdAt: new Date(0) }]);
  });

  test('that was lost is drawn anew', async () => {
    const { id } = await docs.bring(owner, 'pdflatex-forms.pdf');
    const url = await thumbnailOf(id, 120);
    const before = Buffer.from(await (await fetch(url)).arrayBuffer());
    await rm(pathOf(createHash('sha256').update(before).digest('hex')));
    const after = await fetch(url);
    expect(after.status).toBe(200);
    expect(Buffer.from(await after.arrayBuffer()).equals(before)).toBe(true);
  });

  test('may be kept by the browser, whose address stays the same for the hour', async () => {
    const { id } = await docs.bring(owner, 'habibi.pdf');
    const url = await thumbnailOf(id);
    const response = await fetch(url);
    expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-type': 'image/png', 'cache-control': 'private, max-age=3600, immutable', 'x-content-type-options': 'nosniff' });
    await response.body?.cancel();
    docs.goAhead(3 * 3_600_000);
    const late = await fetch(url);
    expect(late.status).toBe(410);
    expect(await late.json()).toMatchObject({ code: 'LINK_EXPIRED' });
    expect(await thumbnailOf(id)).not.toBe(url);
  });
});

describe('the text of a page', () => {
  test('is null, with an error, while the file store does not answer; the page stays', async () => {
    const { id } = await docs.bring(owner, 'annotated_pdf.pdf');
    const ask = () => docs.graph.as(owner)<{ document: object }>('query ($id: ID!) { document(id: $id) { pages { number text } } }', { id });
    await rm(docs.folder, { recursive: true });
    const without = await ask();
    expect(without.data).toEqual({ document: { pages: [{ number: 1, text: null }] } });
    expect(without.errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE' });
  });
});
