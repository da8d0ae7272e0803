import { randomUUID } from 'node:crypto';
import { aGuest, aStranger, aUser, anonymous } from '@buffrsign/kernel/testing';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentDeleted } from '../src/events.ts';
import { aMember, SCOPES, startDocuments, type Documents } from './support/documents.ts';

const owner = aMember();
const stranger = aStranger(SCOPES);
let docs: Documents;
let documentId: string;
let versionId: string;
beforeAll(async () => {
  docs = await startDocuments();
  ({ id: documentId } = await docs.bring(owner, 'pdflatex-4-pages.pdf', { title: 'Four pages' }));
  const { original } = (await docs.ask<{ document: { original: { id: string } } }>(owner, 'query ($id: ID!) { document(id: $id) { original { id } } }', { id: documentId })).document;
  versionId = original.id;
});
afterAll(() => docs.stop());

const codeOf = (result: ExecutionResult) => result.errors?.[0]?.extensions?.['code'];

describe('a document', () => {
  test('waits for its file under the name that it was given', async () => {
    const { document, upload } = await docs.create(owner, { title: '  Lease  ', filename: 'C:\\Users\\ndapewa\\Lease – Mietvertrag.pdf' });
    expect(document).toMatchObject({ id: expect.stringMatching(/^doc_/), state: 'UPLOADING', title: 'Lease', filename: 'Lease – Mietvertrag.pdf' });
    expect(upload).toMatchObject({ url: expect.stringMatching(/^http:\/\/localhost:8002\/uploads\//), method: 'PUT', maxBytes: 50 * 1024 * 1024 });
  });

  test.each([
    ['no title', { title: ' ' }, 'title'],
    ['a title without end', { title: 'x'.repeat(201) }, 'title'],
    ['a title with a NUL', { title: 'a\0b' }, 'title'],
    ['no file name', { filename: 'folder/' }, 'filename'],
    ['a file name that reads backwards', { filename: 'lease\u202Efdp.exe' }, 'filename'],
    ['no idempotency key', { idempotencyKey: '' }, 'idempotencyKey'],
  ])('is not created with %s', async (_what, input, path) => {
    expect(await docs.create(owner, input)).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path }] });
  });

  test('is created once by two calls with one key at once', async () => {
    const idempotencyKey = randomUUID();
    const [one, other] = await Promise.all([docs.create(owner, { idempotencyKey }), docs.create(owner, { idempotencyKey })]);
    expect(one.document.id).toBe(other.document.id);
  });

  test('gives its pages as they are shown, and their text', async () => {
    const { document } = await docs.ask<{ document: { pages: object[] } }>(owner, 'query ($id: ID!) { document(id: $id) { pages(from: 2, count: 2) { number width height rotation text } } }', { id: documentId });
    expect(document.pages).toEqual([
      { number: 2, width: 595.276, height: 841.89, rotation: 0, text: expect.stringMatching(/^information\. Really[^]*\s2$/) },
      { number: 3, width: 595.276, height: 841.89, rotation: 0, text: expect.stringMatching(/^you information[^]*\s3$/) },
    ]);
  });

  test.each([
    ['pages(from: 0) { number }', '`from`'],
    ['pages(count: 101) { number }', '`count`'],
    ['pages { thumbnailUrl(maxWidth: 119) }', '`maxWidth`'],
    ['versions(first: 101) { edges { cursor } }', '`first`'],
  ])('says what is wrong with %s', async (field, name) => {
    const result = await docs.graph.as(owner)(`query ($id: ID!) { document(id: $id) { ${field} } }`, { id: documentId });
    expect(codeOf(result)).toBe('BAD_USER_INPUT');
    expect(result.errors?.[0]?.message).toContain(name);
  });

  test('is listed with those of its state, newest first, page by page', async () => {
    const member = aMember();
    const titles = ['A', 'B', 'C'];
    for (const title of titles) await docs.create(member, { title });
    interface List { documents: { edges: { node: { title: string } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }
    const LIST = 'query ($after: String, $state: DocumentState) { documents(first: 2, after: $after, state: $state) { edges { node { title } } pageInfo { endCursor hasNextPage } } }';
    const first = (await docs.ask<List>(member, LIST)).documents;
    const second = (await docs.ask<List>(member, LIST, { after: first.pageInfo.endCursor })).documents;
    expect([...first.edges, ...second.edges].map(({ node }) => node.title)).toEqual(['C', 'B', 'A']);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect((await docs.ask<List>(member, LIST, { state: 'READY' })).documents.edges).toEqual([]);
    expect((await docs.ask<List>(member, LIST, { state: 'UPLOADING' })).documents.edges).toHaveLength(2);
  });

  test('is renamed, but not to nothing', async () => {
    const { document } = await docs.create(owner);
    const RENAME = 'mutation ($id: ID!, $title: String!) { renameDocument(input: { id: $id, title: $title }) { __typename ... on RenameDocumentSuccess { document { title } } ... on InvalidInputError { issues { path } } } }';
    expect(await docs.ask(owner, RENAME, { id: document.id, title: 'Sublease' })).toEqual({ renameDocument: { __typename: 'RenameDocumentSuccess', document: { title: 'Sublease' } } });
    expect(await docs.ask(owner, RENAME, { id: document.id, title: '' })).toEqual({ renameDocument: { __typename: 'InvalidInputError', issues: [{ path: 'title' }] } });
  });

  test('is deleted once, is then found by its id only, and gives no file', async () => {
    const { id } = await docs.bring(owner, 'habibi.pdf', { title: 'To go' });
    const DELETE = 'mutation ($id: ID!) { deleteDocument(input: { id: $id }) { ... on DeleteDocumentSuccess { document { state deletedAt } } } }';
    const [first, atOnce] = await Promise.all([docs.ask(owner, DELETE, { id }), docs.ask(owner, DELETE, { id })]);
    expect(atOnce).toEqual(first);
    expect(first).toEqual({ deleteDocument: { document: { state: 'DELETED', deletedAt: expect.anything() } } });
    expect(await docs.ask(owner, DELETE, { id })).toEqual(first);
    expect((await docs.graph.said(documentDeleted)).filter(({ subject }) => subject === id)).toHaveLength(1);

    const after = await docs.ask<{ documents: { edges: { node: { id: string } }[] } }>(owner, 'query ($id: ID!) { document(id: $id) { state pageCount pages { number } original { id } download { url } versions { edges { cursor } } } documents { edges { node { id } } } }', { id });
    expect(after).toMatchObject({ document: { state: 'DELETED', pageCount: null, pages: [], original: null, download: null, versions: { edges: [] } } });
    expect(after.documents.edges.map(({ node }) => node.id)).not.toContain(id);
    const renamed = await docs.graph.as(owner)('mutation ($id: ID!) { renameDocument(input: { id: $id, title: "Back" }) { __typename } }', { id });
    expect(codeOf(renamed)).toBe('NOT_FOUND');
  });
});

describe('somebody of another organization', () => {
  test.each([
    ['document', 'query ($id: ID!) { document(id: $id) { title } }', { document: null }],
    ['documents', '{ documents { edges { node { id } } } }', { documents: { edges: [] } }],
    ['documentVersion', 'query ($version: ID!) { documentVersion(id: $version) { sha256 } }', { documentVersion: null }],
    ['the reference of a document', 'query ($id: ID!) { _entities(representations: [{ __typename: "Document", id: $id }]) { ... on Document { title } } }', { _entities: [null] }],
    ['the reference of a version', 'query ($version: ID!) { _entities(representations: [{ __typename: "DocumentVersion", id: $version }]) { ... on DocumentVersion { sha256 } } }', { _entities: [null] }],
  ])('sees nothing by %s', async (_what, query, nothing) => {
    expect(await docs.graph.as(stranger)(query, { id: documentId, version: versionId })).toEqual({ data: nothing });
  });

  test.each([
    ['renameDocument', '{ id: $id, title: "Mine" }'],
    ['deleteDocument', '{ id: $id }'],
    ['grantDocumentAccess', '{ documentId: $id, envelopeId: "env_1", recipientId: "rcp_1" }'],
    ['revokeDocumentAccess', '{ id: $id }'],
    ['unlockDocument', '{ id: $id, password: "openpassword" }'],
  ])('does nothing by %s', async (mutation, input) => {
    const result = await docs.graph.as(stranger)(`mutation ($id: ID!) { ${mutation}(input: ${input}) { __typename } }`, { id: documentId });
    expect(codeOf(result)).toBe('NOT_FOUND');
    expect(await docs.graph.tools.db.document.findUnique({ where: { id: documentId } })).toMatchObject({ title: 'Four pages', state: 'READY' });
  });

  test('follows nothing by documentProgress', async () => {
    const opened = await docs.graph.transport.subscribe({ query: `subscription { documentProgress(documentId: "${documentId}") { occurredAt } }`, actor: stranger, requestId: 'req_1' });
    expect(codeOf(opened as ExecutionResult)).toBe('NOT_FOUND');
  });
});

describe('a token', () => {
  const { organizationId } = owner;
  const LIST = '{ documents { edges { cursor } } }';
  test.each([
    ['without a scope', aUser([], { organizationId }), LIST, 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['for reading only', aUser(['documents:read'], { organizationId }), 'mutation { deleteDocument(input: { id: "doc_1" }) { __typename } }', 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['of a guest', aGuest({ organizationId, resourceId: 'env_1', scopes: ['envelope:sign'] }), 'mutation { deleteDocument(input: { id: "doc_1" }) { __typename } }', 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['that is missing', anonymous, LIST, 'UNAUTHENTICATED'],
  ])('%s is not enough', async (_what, actor, query, code) => {
    expect(codeOf(await docs.graph.as(actor)(query))).toBe(code);
  });
});

describe('however many are asked for', () => {
  test('documents cost one query as references, and one more for what their uploads became, and one for their pages', async () => {
    const others = await Promise.all([docs.bring(owner, 'habibi.pdf'), docs.bring(owner, 'multicolumn.pdf')]);
    const ids = [documentId, ...others.map(({ id }) => id)];
    const ask = (fields: string) => () =>
      docs.ask(owner, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Document { ${fields} } } }`, { r: ids.map((id) => ({ __typename: 'Document', id })) });
    expect(await docs.graph.countQueries(ask('title uploadedBy { id }'))).toBe(1);
    expect(await docs.graph.countQueries(ask('title pageCount original { sha256 } prepared { sha256 content { removed { kind } } } suggestedFields { kind } download { url }'))).toBe(2);
    expect(await docs.graph.countQueries(ask('title pages { width thumbnailUrl } original { pages(from: 2) { width } }'))).toBe(3);
  });

  test('versions cost one query as references, and one more for their documents', async () => {
    const versions = await docs.graph.tools.db.documentVersion.findMany({ where: { organizationId: owner.organizationId, document: { deletedAt: null } } });
    expect(versions.length).toBeGreaterThan(2);
    const ask = (fields: string) => () =>
      docs.ask(owner, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on DocumentVersion { ${fields} } } }`, { r: versions.map(({ id }) => ({ __typename: 'DocumentVersion', id })) });
    expect(await docs.graph.countQueries(ask('sha256 download { url } content { producer }'))).toBe(1);
    expect(await docs.graph.countQueries(ask('sha256 document { title }'))).toBe(2);
  });
});

describe('the progress of a document', () => {
  interface Step { data: { documentProgress: { document: { state: string } } }; extensions: { cursor: string } }
  const follow = async (id: string, cursor?: string) =>
    (await docs.graph.transport.subscribe({ query: `subscription { documentProgress(documentId: "${id}") { document { state } occurredAt } }`, actor: owner, requestId: 'req_1', ...(cursor !== undefined && { cursor }) })) as unknown as AsyncIterableIterator<Step>;
  const cursorIn = (step: IteratorResult<Step>): string => (step.value as Step).extensions.cursor;
  const stateIn = (step: IteratorResult<Step>): string => (step.value as Step).data.documentProgress.document.state;

  test('is told from the present state to what became of the file, and ends', async () => {
    const { document, upload } = await docs.create(owner);
    const steps = await follow(document.id);
    expect(stateIn(await steps.next())).toBe('UPLOADING');
    const next = steps.next();
    await docs.put(upload!.url, 'no PDF at all');
    expect(stateIn(await next)).toBe('REFUSED');
    expect(await steps.next()).toMatchObject({ done: true });
  });

  test('goes on for a client that comes back with what it missed, and ends there', async () => {
    const { document, upload } = await docs.create(owner);
    const before = await follow(document.id);
    const seen = cursorIn(await before.next());
    await before.return!();
    const waiting = await follow(document.id, seen);
    const next = waiting.next();
    await docs.put(upload!.url, 'no PDF at all');
    expect(stateIn(await next)).toBe('REFUSED');
    expect(await waiting.next()).toMatchObject({ done: true });
    const late = await follow(document.id, seen);
    const missed = await late.next();
    expect(stateIn(missed)).toBe('REFUSED');
    expect(cursorIn(missed)).toBe(cursorIn(await next));
    expect(await late.next()).toMatchObject({ done: true });
    // Who has seen the end is told nothing again.
    expect(await (await follow(document.id, cursorIn(missed))).next()).toMatchObject({ done: true });
  });

  test('is told at once when all is over already', async () => {
    const steps = await follow(documentId);
    expect(stateIn(await steps.next())).toBe('READY');
    expect(await steps.next()).toMatchObject({ done: true });
  });
});
