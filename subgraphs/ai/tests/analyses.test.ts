import { documentDeleted, documentReady } from '@buffrsign/documents/events';
import { aGuest, aStranger, aUser, startTestSubgraph } from '@buffrsign/kernel/testing';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analysisCompleted, analysisFailed } from '../src/events.ts';
import { ai } from '../src/subgraph.ts';
import { analyze } from '../src/use-cases/index.ts';

type User = ReturnType<typeof aUser>;
const scopes = ['analyses:read', 'analyses:write'];
let directory: string;
const start = () => startTestSubgraph(ai, { env: { FILES_DIR: directory } });
let graph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'analyses-'));
  graph = await start();
});
afterAll(async () => {
  await graph.stop();
  await rm(directory, { recursive: true, force: true });
});

const ANALYSIS = 'id kind status failure document { id } requestedBy { id } model { name version isLocal } statistics { pages words language } keyTerms { term count pages } findings { kind text value page } findingsOmitted startedAt endedAt';
const REQUEST = `mutation ($input: RequestAnalysisInput!) { requestAnalysis(input: $input) { __typename ... on RequestAnalysisSuccess { analysis { ${ANALYSIS} } } ... on UserError { message } ... on InvalidInputError { issues { path } } } }`;
const RETRY = 'mutation ($input: RetryAnalysisInput!) { retryAnalysis(input: $input) { __typename ... on RetryAnalysisSuccess { analysis { status failure } } ... on AnalysisStatusError { status } } }';
interface Outcome {
  readonly __typename: string;
  readonly analysis: { readonly id: string; readonly status: string };
}

const PAGES = ['Kalahari Legal (Pty) Ltd pays N$ 45 000.00 by 1 March 2026.', 'Signature: ________'];
async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
let documents = 0;
/** A document that is ready, with its text in the file store; `text` replaces what is stored. */
const aDocument = async ({ organizationId }: User, text = JSON.stringify(PAGES)) => {
  const documentId = `doc_${(documents += 1)}`;
  const { sha256: textSha256 } = await graph.tools.services.files.put(organizationId, oneChunk(text), { maxBytes: 1_000_000 });
  const fact = await graph.tell(documentReady, { subject: documentId, organizationId }, { documentId, versionId: 'ver_1', title: 'Lease', sha256: 'a', textSha256, size: 1, pages: [], uploadedBy: 'usr_1' });
  return { documentId, textSha256, fact };
};
let keys = 0;
const request = async (actor: User, input: object) => {
  const { data, errors } = await graph.as(actor)<{ requestAnalysis: Outcome }>(REQUEST, { input: { kind: 'DATES_AND_AMOUNTS', idempotencyKey: `key ${(keys += 1)}`, ...input } });
  return { errors, ...(data?.requestAnalysis as Outcome) };
};
const read = async (actor: User, id: string) => (await graph.as(actor)<{ analysis: Outcome['analysis'] | null }>(`query ($id: ID!) { analysis(id: $id) { ${ANALYSIS} } }`, { id })).data!.analysis;
/** Asks for an analysis and waits until it was made. */
const analyzed = async (actor: User, input: object) => {
  const { analysis } = await request(actor, input);
  await graph.idle();
  return read(actor, analysis.id);
};
const saidOf = async (event: typeof analysisCompleted | typeof analysisFailed, id: string) => (await graph.said(event)).filter(({ subject }) => subject === id);

describe('an analysis', () => {
  test('reads the text of the document and says so', async () => {
    const member = aUser(scopes);
    const { documentId } = await aDocument(member);
    const { analysis } = await request(member, { documentId });
    expect(analysis).toMatchObject({ document: { id: documentId }, requestedBy: { id: member.id }, model: { name: 'rules', version: '1.0.0', isLocal: true }, failure: null });
    await graph.idle();
    expect(await read(member, analysis.id)).toMatchObject({
      status: 'COMPLETED',
      findings: [{ kind: 'AMOUNT', text: 'N$ 45 000.00', value: 'NAD 45000.00', page: 1 }, { kind: 'DATE', value: '2026-03-01', page: 1 }],
      findingsOmitted: 0,
      statistics: null,
      keyTerms: null,
    });
    expect(await saidOf(analysisCompleted, analysis.id)).toMatchObject([{ data: { documentId, kind: 'DATES_AND_AMOUNTS', model: 'rules' } }]);
  });

  test.each([
    ['TEXT_STATISTICS', { statistics: { pages: 2, words: 14, language: null }, findings: null }],
    ['KEY_TERMS', { keyTerms: expect.arrayContaining([{ term: 'signature', count: 1, pages: [2] }]), findings: null }],
    ['CONTACTS_AND_PARTIES', { findings: [{ kind: 'COMPANY', text: 'Kalahari Legal (Pty) Ltd', value: null, page: 1 }] }],
    ['SIGNATURE_LINES', { findings: [{ kind: 'SIGNATURE_LINE', text: 'Signature: ________', page: 2 }] }],
  ])('of kind %s has the result of that kind alone', async (kind, expected) => {
    const member = aUser(scopes);
    const { documentId } = await aDocument(member);
    expect(await analyzed(member, { documentId, kind })).toMatchObject({ kind, status: 'COMPLETED', ...expected });
  });

  test('is made once for a key, also when it is asked for twice at the same moment, and a job that runs again changes nothing', async () => {
    const member = aUser(scopes);
    const { documentId } = await aDocument(member);
    const input = { documentId, idempotencyKey: 'once' };
    const [first, second] = await Promise.all([request(member, input), request(member, input)]);
    expect(first.analysis.id).toBe(second.analysis.id);
    await graph.idle();
    const { id } = first.analysis;
    const before = await read(member, id);
    await analyze(graph.tools, id, false);
    expect(await read(member, id)).toEqual(before);
    expect(await saidOf(analysisCompleted, id)).toHaveLength(1);
  });

  test('that a process began and did not live to end is ended by the next', async () => {
    const member = aUser(scopes);
    const { documentId } = await aDocument(member);
    const analysis = (await analyzed(member, { documentId }))!;
    await graph.tools.db.analysis.update({ where: { id: analysis.id }, data: { status: 'PROCESSING', endedAt: null } });
    await analyze(graph.tools, analysis.id, false);
    expect(await read(member, analysis.id)).toMatchObject({ status: 'COMPLETED' });
  });

  test('fails when the text is gone, and can be tried again when it is back', async () => {
    const member = aUser(scopes);
    const { documentId, textSha256 } = await aDocument(member);
    const { files } = graph.tools.services;
    await files.delete(member.organizationId, textSha256);
    const failed = (await analyzed(member, { documentId }))!;
    expect(failed).toMatchObject({ status: 'FAILED', failure: 'The text of the document is not there any more.', findings: null });
    expect(await saidOf(analysisFailed, failed.id)).toHaveLength(1);
    await files.put(member.organizationId, oneChunk(JSON.stringify(PAGES)), { maxBytes: 1_000_000 });
    const retry = () => graph.as(member)(RETRY, { input: { id: failed.id } });
    expect((await retry()).data).toEqual({ retryAnalysis: { __typename: 'RetryAnalysisSuccess', analysis: { status: 'PENDING', failure: null } } });
    await graph.idle();
    expect(await read(member, failed.id)).toMatchObject({ status: 'COMPLETED' });
    expect((await retry()).data).toEqual({ retryAnalysis: { __typename: 'AnalysisStatusError', status: 'COMPLETED' } });
  });

  test('waits while the file store is away, and fails only with the last attempt', async () => {
    const member = aUser(scopes);
    const { documentId } = await aDocument(member);
    const { id } = (await analyzed(member, { documentId }))!;
    await graph.tools.db.analysis.update({ where: { id }, data: { status: 'PENDING' } });
    await rename(directory, `${directory}-away`);
    try {
      await expect(analyze(graph.tools, id, false)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(await read(member, id)).toMatchObject({ status: 'PROCESSING' });
      await analyze(graph.tools, id, true);
      expect(await read(member, id)).toMatchObject({ status: 'FAILED', failure: expect.stringContaining('Try again later') });
    } finally {
      await rename(`${directory}-away`, directory);
    }
  });

  test('goes with its document', async () => {
    const member = aUser(scopes);
    const { documentId, fact } = await aDocument(member);
    await graph.tellAgain(fact);
    const { id } = (await analyzed(member, { documentId }))!;
    const deleted = await graph.tell(documentDeleted, { subject: documentId, organizationId: member.organizationId }, { documentId, deletedBy: member.id });
    expect(await read(member, id)).toBeNull();
    await graph.tellAgain(deleted);
    await graph.tellAgain(fact);
    expect(await request(member, { documentId })).toMatchObject({ __typename: 'UnknownDocumentError' });
    await analyze(graph.tools, id, false);
    expect(await read(member, id)).toBeNull();
  });
});

describe('analyses', () => {
  test('are not there for a member of another organization, for a guest, or without the scope', async () => {
    const member = aUser(scopes);
    const stranger = aStranger(scopes);
    const { documentId } = await aDocument(member);
    const { id } = (await analyzed(member, { documentId }))!;
    const r = [{ __typename: 'Analysis', id }, { __typename: 'Document', id: documentId }];
    const seen = await graph.as(stranger)('query ($id: ID!, $r: [_Any!]!) { analysis(id: $id) { id } analyses { edges { cursor } } _entities(representations: $r) { ... on Analysis { id } ... on Document { analyses { edges { cursor } } } } }', { id, r });
    expect(seen).toEqual({ data: { analysis: null, analyses: { edges: [] }, _entities: [null, { analyses: { edges: [] } }] } });
    expect(await request(stranger, { documentId })).toMatchObject({ __typename: 'UnknownDocumentError' });
    expect((await graph.as(stranger)(RETRY, { input: { id } })).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    const guest = aGuest({ organizationId: member.organizationId, resourceId: 'env_1', scopes });
    expect((await graph.as(guest)('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Document { analyses { edges { cursor } } } } }', { r: [r[1]] })).data).toEqual({ _entities: [{ analyses: null }] });
    expect((await request(aUser(['analyses:read']), { documentId })).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
    expect((await graph.as(aUser([]))('{ analysisModels { name } }')).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  test('need a key, and a document that is ready', async () => {
    const member = aUser(scopes);
    const { documentId } = await aDocument(member);
    expect(await request(member, { documentId, idempotencyKey: '' })).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'idempotencyKey' }] });
    expect(await request(member, { documentId: 'doc_unknown' })).toMatchObject({ __typename: 'UnknownDocumentError' });
  });

  test('stand on their document by kind, are listed by status, and cost one query however many are referred to', async () => {
    const member = aUser(scopes);
    const { documentId } = await aDocument(member);
    const ids = [(await analyzed(member, { documentId, kind: 'KEY_TERMS' }))!.id, (await analyzed(member, { documentId, kind: 'SIGNATURE_LINES' }))!.id];
    const { data } = await graph.as(member)('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Document { analyses(kind: KEY_TERMS) { edges { node { id } } } } } analyses(status: COMPLETED) { edges { node { id } } } failed: analyses(status: FAILED) { edges { node { id } } } }', { r: [{ __typename: 'Document', id: documentId }] });
    expect(data).toEqual({ _entities: [{ analyses: { edges: [{ node: { id: ids[0] } }] } }], analyses: { edges: [{ node: { id: ids[1] } }, { node: { id: ids[0] } }] }, failed: { edges: [] } });
    const ask = () => graph.as(member)(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on Analysis { ${ANALYSIS} } } }`, { r: ids.map((id) => ({ __typename: 'Analysis', id })) });
    expect(await graph.countQueries(ask)).toBe(1);
  });

  test('are made by a model that says what it is', async () => {
    const { data } = await graph.as(aUser(scopes))('{ analysisModels { name version isLocal kinds } }');
    expect(data).toEqual({ analysisModels: [{ name: 'rules', version: '1.0.0', isLocal: true, kinds: ['TEXT_STATISTICS', 'KEY_TERMS', 'DATES_AND_AMOUNTS', 'CONTACTS_AND_PARTIES', 'SIGNATURE_LINES'] }] });
  });
});
