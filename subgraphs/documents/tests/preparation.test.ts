import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { signPdf } from '@buffrsign/pades';
import { createTestTrust, sealSigner } from '@buffrsign/pades/test-trust';
import { aStranger } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentReady, documentRefused } from '../src/events.ts';
import { inspectDocument } from '../src/use-cases/index.ts';
import { corpusPdf } from './support/corpus.ts';
import { aMember, SCOPES, startDocuments, type Documents } from './support/documents.ts';
import * as hard from './support/hard-pdfs.ts';

const LOCKED = 'libreoffice-writer-password.pdf';
const PASSWORD = 'openpassword';
const owner = aMember();
let docs: Documents;
beforeAll(async () => {
  docs = await startDocuments();
});
afterAll(() => docs.stop());

interface Version { id: string; kind: string; sha256: string; download: { url: string }; content: { isSigned: boolean; emptySignatureFields: string[]; hasJavaScript: boolean; hasAttachments: boolean; hasLayers: boolean; removed: { kind: string; count: number; message: string }[] } }
interface Field { source: string; kind: string; name: string | null; role: string | null; label: string | null; required: boolean; value: string | null; page: number; rectangle: { x: number; y: number; width: number; height: number } }
interface Prepared { state: string; refusal: { code: string } | null; original: Version; prepared: Version; pages: { text: string }[]; suggestedFields: Field[] }

const VERSION = 'id kind sha256 download { url } content { isSigned emptySignatureFields hasJavaScript hasAttachments hasLayers removed { kind count message } }';
const LOOK = `query ($id: ID!) { document(id: $id) { state refusal { code } original { ${VERSION} } prepared { ${VERSION} } pages { text } suggestedFields { source kind name role label required value page rectangle { x y width height } } } }`;
const look = async (id: string): Promise<Prepared> => (await docs.ask<{ document: Prepared }>(owner, LOOK, { id })).document;
const bytesOf = async ({ download }: Version): Promise<Buffer> => Buffer.from(await (await fetch(docs.reach(download.url))).arrayBuffer());
const rowOf = (id: string) => docs.graph.tools.db.document.findUniqueOrThrow({ where: { id } });
const readyFactsOf = async (id: string) => (await docs.graph.said(documentReady)).filter(({ subject }) => subject === id).map(({ data }) => data);
const refusalsOf = async (id: string) => (await docs.graph.said(documentRefused)).filter(({ subject }) => subject === id).map(({ data }) => data.refusal);

const UNLOCK = 'mutation ($id: ID!, $password: String!) { unlockDocument(input: { id: $id, password: $password }) { __typename ... on UnlockDocumentSuccess { document { state refusal { code } } } ... on InvalidInputError { issues { path } } } }';
const unlock = async (id: string, password: string) => (await docs.ask<{ unlockDocument: { __typename: string } }>(owner, UNLOCK, { id, password })).unlockDocument;

describe('an upload that acts', () => {
  test('is signed without what acts, which is told; the upload itself can still be had', async () => {
    const upload = hard.withEverythingThatActs();
    const { id } = await docs.bring(owner, upload);
    const { original, prepared } = await look(id);
    expect([original.kind, prepared.kind]).toEqual(['ORIGINAL', 'PREPARED']);
    expect((await bytesOf(original)).equals(upload)).toBe(true);
    const made = await bytesOf(prepared);
    expect(createHash('sha256').update(made).digest('hex')).toBe(prepared.sha256);
    expect(made.includes('JavaScript')).toBe(false);
    expect(original.content).toMatchObject({ hasJavaScript: true, hasAttachments: true, hasLayers: true, removed: [] });
    expect(prepared.content).toMatchObject({ hasJavaScript: false, hasAttachments: true, hasLayers: true });
    expect(prepared.content.removed.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['JAVASCRIPT', 'ACTION', 'MULTIMEDIA', 'BROKEN_REFERENCE']));
    expect(prepared.content.removed.every(({ count, message }) => count > 0 && message.endsWith('.'))).toBe(true);
  });
});

describe('what a document asks to have filled in', () => {
  test('by its form and by tags is told page by page, and in the fact without what was filled in before', async () => {
    const { id } = await docs.bring(owner, 'libreoffice-form.pdf');
    const { suggestedFields } = await look(id);
    expect(suggestedFields[0]).toEqual({
      source: 'ACRO_FORM', kind: 'TEXT', name: 'First Name', role: null, label: null, required: false, value: 'Alice', page: 1,
      rectangle: { x: expect.closeTo(0.2008, 3), y: expect.closeTo(0.147, 3), width: expect.closeTo(0.1417, 3), height: expect.closeTo(0.0092, 3) },
    });
    const [fact] = await readyFactsOf(id);
    expect(fact!.fields).toHaveLength(suggestedFields.length);
    expect(JSON.stringify(fact)).not.toContain('Alice');

    const { id: tagged } = await docs.bring(owner, hard.pageWithText('Sign {{signature:tenant}} here'));
    const seen = await look(tagged);
    expect(seen.suggestedFields).toMatchObject([{ source: 'TEXT_TAG', kind: 'SIGNATURE', name: null, role: 'tenant', required: true, value: null, page: 1 }]);
    expect(seen.pages[0]!.text).not.toContain('tenant');
    expect((await readyFactsOf(tagged))[0]!.fields).toMatchObject([{ kind: 'SIGNATURE', role: 'tenant', page: 1 }]);
  });
});

describe('a document that is signed already', () => {
  test('is ready as it is, and that it is signed is told', async () => {
    const now = new Date();
    const trust = await createTestTrust({ now, algorithm: 'ecdsa-p256-sha256' });
    const signed = Buffer.from(await signPdf(hard.twoSignatureFields(), { signer: sealSigner(trust), signedAt: now, fieldName: 'Third' }));
    const { id } = await docs.bring(owner, signed);
    const { state, original, prepared } = await look(id);
    expect(state).toBe('READY');
    expect(prepared.sha256).toBe(original.sha256);
    expect((await bytesOf(prepared)).equals(signed)).toBe(true);
    expect(prepared.content).toMatchObject({ isSigned: true, emptySignatureFields: ['Tenant', 'Landlord'], removed: [] });
    expect(await readyFactsOf(id)).toMatchObject([{ versionId: prepared.id, sha256: original.sha256, originalSha256: original.sha256, signed: true, emptySignatureFields: ['Tenant', 'Landlord'] }]);
  });
});

// Each of these looks at a file three times, every time in a process of its own.
describe('a document that needs a password', { timeout: 90_000 }, () => {
  test('is ready when it was given at once, and the password is gone', async () => {
    const { document, upload } = await docs.create(owner, { password: PASSWORD });
    expect((await rowOf(document.id)).sealedPassword).not.toContain(PASSWORD);
    await docs.put(upload!.url, new Uint8Array(await readFile(corpusPdf(LOCKED))));
    expect(await docs.settled(document.id)).toMatchObject({ state: 'READY', sealedPassword: null });
    const { prepared, pages } = await look(document.id);
    expect(prepared.content.removed).toMatchObject([{ kind: 'PROTECTION', count: 1 }]);
    expect(pages[0]!.text).toContain('Lorem ipsum');
    expect((await bytesOf(prepared)).includes('/Encrypt')).toBe(false);
  });

  test('is refused without, and ready once the right one is given, without another upload', async () => {
    const { id } = await docs.bring(owner, LOCKED);
    expect((await look(id)).refusal).toEqual({ code: 'PASSWORD_REQUIRED' });
    expect(await unlock(id, 'a wrong one')).toMatchObject({ __typename: 'UnlockDocumentSuccess', document: { state: 'PROCESSING', refusal: null } });
    expect(await docs.settled(id)).toMatchObject({ state: 'REFUSED', refusalCode: 'PASSWORD_WRONG', sealedPassword: null });
    await unlock(id, PASSWORD);
    expect(await docs.settled(id)).toMatchObject({ state: 'READY', refusalCode: null, refusedAt: null, sealedPassword: null });
    expect(await refusalsOf(id)).toEqual(['PASSWORD_REQUIRED', 'PASSWORD_WRONG']);
    expect(await readyFactsOf(id)).toHaveLength(1);
    const kept = await docs.graph.tools.db.$queryRaw<{ found: boolean }[]>`select exists (select 1 from "OutboxMessage" o where o::text like ${`%${PASSWORD}%`}) or exists (select 1 from graphile_worker._private_jobs j where j::text like ${`%${PASSWORD}%`}) or exists (select 1 from "IdempotencyKey" k where k::text like ${`%${PASSWORD}%`}) as found`;
    expect(kept).toEqual([{ found: false }]);
  });

  test('is looked at once more by two who give the password at once', async () => {
    const { id } = await docs.bring(owner, LOCKED);
    const outcomes = await Promise.all([unlock(id, PASSWORD), unlock(id, PASSWORD)]);
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['DocumentNotLockedError', 'UnlockDocumentSuccess']);
    await docs.settled(id);
    expect(await readyFactsOf(id)).toHaveLength(1);
  });

  test('is not refused by a look that began before the password was given', async () => {
    const { id } = await docs.bring(owner, LOCKED);
    const { db } = docs.graph.tools;
    await db.document.update({ where: { id }, data: { state: 'PROCESSING' } });
    const begun = Promise.withResolvers<void>();
    // The first thing that a look touches of the services comes after it has read the row.
    const services = new Proxy(docs.graph.tools.services, { get: (target, name, receiver) => (begun.resolve(), Reflect.get(target, name, receiver)) });
    const early = inspectDocument({ ...docs.graph.tools, services }, id, { number: 1, signal: undefined });
    await begun.promise;
    await db.document.update({ where: { id }, data: { sealedPassword: docs.graph.tools.services.passwords.seal(PASSWORD) } });
    await early;
    expect(await rowOf(id)).toMatchObject({ state: 'PROCESSING' });
    await inspectDocument(docs.graph.tools, id, { number: 1, signal: undefined });
    expect(await rowOf(id)).toMatchObject({ state: 'READY' });
  });

  test.each([['an empty one', ''], ['one that is too long', 'ä'.repeat(64)]])('takes no password that none is: %s', async (_what, password) => {
    const { id } = await docs.bring(owner, LOCKED);
    expect(await unlock(id, password)).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'password' }] });
  });

  test('is not unlocked by another organization; and one that is not locked stays as it is', async () => {
    const { id } = await docs.bring(owner, LOCKED);
    const foreign = await docs.graph.as(aStranger(SCOPES))(UNLOCK, { id, password: PASSWORD });
    expect(foreign.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(await rowOf(id)).toMatchObject({ state: 'REFUSED' });
    const { id: open } = await docs.bring(owner, 'habibi.pdf');
    expect(await unlock(open, PASSWORD)).toEqual({ __typename: 'DocumentNotLockedError' });
    expect(await rowOf(open)).toMatchObject({ state: 'READY', sealedPassword: null });
  });
});
