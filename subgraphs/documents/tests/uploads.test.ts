import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { until } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentReady, documentRefused } from '../src/events.ts';
import { corpusPdf } from './support/corpus.ts';
import { aMember, startDocuments, type Documents } from './support/documents.ts';
import { signedInPlace } from './support/hard-pdfs.ts';

const MAX_BYTES = 200_000;
const owner = aMember();
let docs: Documents;
beforeAll(async () => {
  docs = await startDocuments({ MAX_UPLOAD_BYTES: String(MAX_BYTES) });
});
afterAll(() => docs.stop());

const pdf = (name = 'minimal-document.pdf') => readFile(corpusPdf(name));
const stateOf = async (id: string) => (await docs.graph.tools.db.document.findUniqueOrThrow({ where: { id } })).state;
const waiting = async () => {
  const { document, upload } = await docs.create(owner);
  return { id: document.id, url: upload!.url };
};

describe('a real PDF', () => {
  test.each([
    ['minimal-document.pdf', 1],
    ['pdflatex-4-pages.pdf', 4],
    ['multicolumn.pdf', 3],
    ['google-doc-document.pdf', 1],
    ['habibi.pdf', 1],
    ['habibi-rotated.pdf', 4],
    ['pdflatex-forms.pdf', 1],
    ['libreoffice-form.pdf', 1],
    ['crazyones-pdfa.pdf', 1],
    ['with-attachment.pdf', 1],
    ['annotated_pdf.pdf', 1],
  ])('%s is ready after its upload, and that is told once', async (name, pageCount) => {
    const member = aMember();
    const { id } = await docs.bring(member, name);
    const bytes = await pdf(name);
    const sha256 = createHash('sha256').update(bytes).digest('hex');

    const { document } = await docs.ask<{ document: object }>(member, '{ document(id: "' + id + '") { state refusal { code } pageCount pages { number } original { kind sha256 size content { isTextTruncated } } } }');
    expect(document).toEqual({
      state: 'READY',
      refusal: null,
      pageCount,
      pages: Array.from({ length: pageCount }, (_, index) => ({ number: index + 1 })),
      original: { kind: 'ORIGINAL', sha256, size: bytes.length, content: { isTextTruncated: false } },
    });
    const told = (await docs.graph.said(documentReady)).filter(({ subject }) => subject === id);
    expect(told).toHaveLength(1);
    const prepared = await docs.graph.tools.db.documentVersion.findFirstOrThrow({ where: { documentId: id, kind: 'PREPARED' } });
    expect(told[0]!.data).toMatchObject({ documentId: id, versionId: prepared.id, sha256: prepared.sha256, size: prepared.size, originalSha256: sha256, signed: false, uploadedBy: member.id });
    expect(prepared.sha256).not.toBe(sha256);
    expect(told[0]!.data.pages).toHaveLength(pageCount);
  });
});

describe('a file that cannot be used', () => {
  test.each([
    ['one that needs a password', 'libreoffice-writer-password.pdf', 'PASSWORD_REQUIRED', 'Give the password'],
    ['one with a hidden signature', signedInPlace(), 'SIGNATURE_UNLISTED', 'Print it to a new PDF'],
    ['one that is no PDF', Buffer.from('PK\u0003\u0004 a letter'), 'NOT_A_PDF', 'Export or print it as PDF'],
    ['an empty one', Buffer.alloc(0), 'EMPTY', 'Upload it again'],
  ])('is refused by name, with what to do: %s', async (_what, content, code, advice) => {
    const { id } = await docs.bring(owner, content);
    const { document } = await docs.ask<{ document: { refusal: { message: string } } }>(owner, 'query ($id: ID!) { document(id: $id) { state refusal { code message } original { id } download { url } } }', { id });
    expect(document).toMatchObject({ state: 'REFUSED', refusal: { code }, original: null, download: null });
    expect(document.refusal.message).toContain(advice);
    const told = (await docs.graph.said(documentRefused)).filter(({ subject }) => subject === id);
    expect(told.map(({ data }) => data.refusal)).toEqual([code]);
  });
});

describe('an upload', () => {
  test('says what arrived, and the same file again changes nothing', async () => {
    const { id, url } = await waiting();
    const bytes = new Uint8Array(await pdf());
    const first = await docs.put(url, bytes);
    const again = await docs.put(url, bytes);
    expect([first.status, again.status]).toEqual([200, 200]);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await first.json()).toEqual({ documentId: id, state: 'PROCESSING', sha256, size: bytes.length });
    expect(await again.json()).toMatchObject({ documentId: id, sha256 });
    await docs.settled(id);
    expect((await docs.graph.said(documentReady)).filter(({ subject }) => subject === id)).toHaveLength(1);
  });

  test('of another file through a used link is refused and replaces nothing', async () => {
    const { id, url } = await waiting();
    await docs.put(url, new Uint8Array(await pdf()));
    const { sha256 } = await docs.settled(id);
    const other = await docs.put(url, new Uint8Array(await pdf('habibi.pdf')));
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ code: 'LINK_USED' });
    expect(await docs.settled(id)).toMatchObject({ sha256, state: 'READY' });
  });

  test('of two different files at once takes one and refuses the other', async () => {
    const { id, url } = await waiting();
    const answers = await Promise.all([docs.put(url, new Uint8Array(await pdf())), docs.put(url, new Uint8Array(await pdf('habibi.pdf')))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const taken = (await answers.find(({ status }) => status === 200)!.json()) as { sha256: string };
    expect(await docs.settled(id)).toMatchObject({ sha256: taken.sha256, state: 'READY' });
  });

  test('that breaks off leaves nothing, and the link still works', async () => {
    const { id, url } = await waiting();
    const incoming = join(docs.folder, '.incoming');
    const sending = request(docs.reach(url), { method: 'PUT', headers: { 'content-type': 'application/pdf', 'content-length': 100_000 } });
    const broken = new Promise((resolve) => sending.once('error', resolve));
    sending.write(Buffer.alloc(50_000));
    await until('the upload to begin', async () => (await readdir(incoming)).length > 0);
    sending.destroy();
    await broken;
    await until('the upload to be given up', async () => (await readdir(incoming)).length === 0);

    expect(await docs.graph.tools.db.document.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'UPLOADING', sha256: null, uploadedAt: null });
    expect((await docs.put(url, new Uint8Array(await pdf()))).status).toBe(200);
    expect(await docs.settled(id)).toMatchObject({ state: 'READY' });
  });

  test.each([
    ['that is told beforehand', () => new Uint8Array(100 * MAX_BYTES), {}],
    ['that nobody told', () => new Blob([new Uint8Array(100 * MAX_BYTES)]).stream(), { duplex: 'half' }],
  ])('of too large a file is refused, by a size %s', async (_how, body, options) => {
    const { id, url } = await waiting();
    const refused = await fetch(docs.reach(url), { method: 'PUT', body: body(), headers: { 'content-type': 'application/pdf' }, ...options } as RequestInit);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ code: 'FILE_TOO_LARGE', message: expect.stringContaining('200000 bytes') });
    expect(await stateOf(id)).toBe('UPLOADING');
    expect(await readdir(join(docs.folder, '.incoming'))).toEqual([]);
  });

  test.each([
    ['another type', { 'content-type': 'image/png' }],
    ['no type', {}],
    ['compression', { 'content-type': 'application/pdf', 'content-encoding': 'gzip' }],
  ])('with %s is refused', async (_what, headers) => {
    const { id, url } = await waiting();
    const refused = await docs.put(url, new Uint8Array(await pdf()), headers as Record<string, string>);
    expect(refused.status).toBe(415);
    expect(await refused.json()).toMatchObject({ code: 'UNSUPPORTED_TYPE', message: expect.stringContaining('Send the PDF as it is') });
    expect(await stateOf(id)).toBe('UPLOADING');
  });

  test('to a document that was deleted meanwhile is refused', async () => {
    const { id, url } = await waiting();
    await docs.ask(owner, 'mutation ($id: ID!) { deleteDocument(input: { id: $id }) { __typename } }', { id });
    const refused = await docs.put(url, new Uint8Array(await pdf()));
    expect(refused.status).toBe(410);
    expect(await refused.json()).toMatchObject({ code: 'DOCUMENT_DELETED' });
  });

  test('may come from a page of any origin', async () => {
    const { url } = await waiting();
    const preflight = await fetch(docs.reach(url), { method: 'OPTIONS', headers: { origin: 'https://app.example', 'access-control-request-method': 'PUT' } });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-allow-methods': 'PUT', 'access-control-allow-headers': 'content-type' });
    const refused = await docs.put(url, 'x', { 'content-type': 'text/plain' });
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('a link to upload', () => {
  test('is not believed when a character was changed, nor for another purpose', async () => {
    const { id, url } = await waiting();
    const last = url.at(-2) === 'A' ? 'B' : 'A';
    const forged = await docs.put(url.slice(0, -2) + last + url.at(-1)!, new Uint8Array(await pdf()));
    expect(forged.status).toBe(403);
    expect(await forged.json()).toMatchObject({ code: 'LINK_INVALID' });
    const elsewhere = await fetch(docs.reach(url.replace('/uploads/', '/downloads/')));
    expect(elsewhere.status).toBe(403);
    expect(await stateOf(id)).toBe('UPLOADING');
  });

  test('comes again, fresh, for the same idempotency key, until the file has arrived', async () => {
    const idempotencyKey = randomUUID();
    const first = await docs.create(owner, { idempotencyKey });
    docs.goAhead(60_000);
    const second = await docs.create(owner, { idempotencyKey });
    expect(second.document.id).toBe(first.document.id);
    expect(second.upload!.url).not.toBe(first.upload!.url);
    await docs.put(second.upload!.url, new Uint8Array(await pdf()));
    expect((await docs.create(owner, { idempotencyKey })).upload).toBeNull();
    const other = await docs.graph.as(owner)('mutation ($key: String!) { createDocument(input: { title: "Other", filename: "o.pdf", idempotencyKey: $key }) { __typename } }', { key: idempotencyKey });
    expect(other.errors?.[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('works for 15 minutes and no longer', async () => {
    const { id, url } = await waiting();
    docs.goAhead(15 * 60_000 + 1_000);
    const late = await docs.put(url, new Uint8Array(await pdf()));
    expect(late.status).toBe(410);
    expect(await late.json()).toMatchObject({ code: 'LINK_EXPIRED' });
    expect(await stateOf(id)).toBe('UPLOADING');
  });
});
