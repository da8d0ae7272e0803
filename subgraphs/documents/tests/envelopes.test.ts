import { newId, type User } from '@buffrsign/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { documentVersionAdded } from '../src/events.ts';
import { aMember, startDocuments, type Documents } from './support/documents.ts';
import * as support from './support/envelopes.ts';
import type { TestEnvelope } from './support/envelopes.ts';

let docs: Documents;
let owner: User;
let documentId: string;
beforeAll(async () => {
  docs = await startDocuments();
});
afterAll(() => docs.stop());
beforeEach(async () => {
  owner = aMember();
  ({ id: documentId } = await docs.bring(owner, 'minimal-document.pdf'));
});

const anEnvelope = (of: string = documentId) => support.anEnvelope(docs, owner, of);
const look = (actor: User | TestEnvelope['guest'], id: string = documentId) => support.look(docs, actor, id);
const accesses = (id: string = documentId) => docs.graph.tools.db.documentAccess.findMany({ where: { documentId: id }, orderBy: { id: 'asc' } });
const status = async (url: string): Promise<number> => {
  const response = await fetch(docs.reach(url));
  await response.body?.cancel();
  return response.status;
};

describe('a recipient', () => {
  test('sees the document from the sending on, and nothing before', async () => {
    const envelope = anEnvelope();
    expect(await look(envelope.guest)).toBeNull();
    await envelope.send();
    const seen = await look(envelope.guest);
    expect(seen).toMatchObject({ state: 'READY', versions: { edges: [{ node: { kind: 'PREPARED' } }, { node: { kind: 'ORIGINAL' } }] } });
    expect(await status(seen!.download.url)).toBe(200);
    expect(await status(seen!.pages[0]!.thumbnailUrl)).toBe(200);
    const { documents } = await docs.ask<{ documents: { edges: { node: { id: string } }[] } }>(envelope.guest, '{ documents { edges { node { id } } } }');
    expect(documents.edges).toEqual([{ node: { id: documentId } }]);
  });

  test.each(['void', 'decline'] as const)('sees nothing any more after the envelope’s end (%s), not even by links from before', async (end) => {
    const envelope = anEnvelope();
    await envelope.send();
    const seen = await look(envelope.guest);
    await envelope[end]();
    expect(await look(envelope.guest)).toBeNull();
    expect(await Promise.all([status(seen!.download.url), status(seen!.pages[0]!.thumbnailUrl)])).toEqual([404, 404]);
    expect((await look(owner))?.state).toBe('READY');
  });

  test('keeps the original and the sealed PDF when the envelope is completed, and sees nobody else’s', async () => {
    const [envelope, other] = [anEnvelope(), anEnvelope()];
    for (const each of [envelope, other]) {
      await each.send();
      await each.complete();
    }
    const mine = (await look(envelope.guest))!.versions.edges.map(({ node }) => node);
    expect(mine.map(({ kind, envelope: of }) => [kind, of?.id ?? null])).toEqual([['SEALED', envelope.envelopeId], ['PREPARED', null], ['ORIGINAL', null]]);
    expect((await look(owner))!.versions.edges).toHaveLength(4);

    const theirs = (await look(other.guest))!.versions.edges[0]!.node.id;
    expect(await docs.graph.as(envelope.guest)('query ($id: ID!) { documentVersion(id: $id) { sha256 } _entities(representations: [{ __typename: "DocumentVersion", id: $id }]) { ... on DocumentVersion { sha256 } } }', { id: theirs })).toEqual({ data: { documentVersion: null, _entities: [null] } });
    const sealed = await docs.graph.as(envelope.guest)('query ($a: ID!, $b: ID!) { _entities(representations: [{ __typename: "Envelope", id: $a }, { __typename: "Envelope", id: $b }]) { ... on Envelope { sealedVersion { id } } } }', { a: envelope.envelopeId, b: other.envelopeId });
    expect(sealed).toEqual({ data: { _entities: [{ sealedVersion: { id: mine[0]!.id } }, { sealedVersion: null }] } });
  });

  test('does not see who else may read the document', async () => {
    const envelope = anEnvelope();
    await envelope.send();
    const asked = await docs.graph.as(envelope.guest)('query ($id: ID!) { document(id: $id) { accesses { edges { cursor } } } }', { id: documentId });
    expect(asked.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHORIZED_FIELD_OR_TYPE' });
  });

  test('of another envelope, by the same id, sees nothing', async () => {
    const envelope = anEnvelope();
    await envelope.send();
    expect(await look({ ...envelope.guest, resourceId: newId('env') })).toBeNull();
    expect(await look({ ...envelope.guest, organizationId: newId('org') })).toBeNull();
  });
});

describe('a fact that comes again', () => {
  test.each(['send', 'complete', 'decline', 'void'] as const)('changes nothing (%s)', async (act) => {
    const envelope = anEnvelope();
    if (act !== 'send') await envelope.send();
    const fact = await envelope[act]();
    const before = [await accesses(), await docs.graph.tools.db.documentVersion.count({ where: { documentId } }), (await docs.graph.said(documentVersionAdded)).length];
    await docs.graph.tellAgain(fact);
    // The same news under another id, as a source that starts its log anew might say it.
    await envelope[act]();
    expect([await accesses(), await docs.graph.tools.db.documentVersion.count({ where: { documentId } }), (await docs.graph.said(documentVersionAdded)).length]).toEqual(before);
  });
});

describe('facts that come in the wrong order', () => {
  test('give no access to an envelope that is over', async () => {
    const envelope = anEnvelope();
    await envelope.void();
    await envelope.send();
    expect(await look(envelope.guest)).toBeNull();
  });

  test('take no access from a completed one', async () => {
    const envelope = anEnvelope();
    await envelope.complete();
    await envelope.send();
    await envelope.void();
    expect((await look(envelope.guest))!.versions.edges).toHaveLength(3);
    expect(await accesses()).toHaveLength(2);
  });

  test('about a document of another organization are kept out', async () => {
    const stranger = aMember();
    const { id: foreign } = await docs.bring(stranger, 'habibi.pdf');
    const envelope = anEnvelope(foreign);
    await envelope.send();
    await envelope.complete();
    expect(await accesses(foreign)).toEqual([]);
    expect((await look(stranger, foreign))!.versions.edges).toHaveLength(2);
  });
});

describe('a sealed version', () => {
  test('is told once, and is inspected like any PDF', async () => {
    const envelope = anEnvelope();
    await envelope.send();
    await envelope.complete();
    await docs.graph.idle();
    const { _entities: [seen] } = await docs.ask<{ _entities: [{ sealedVersion: { id: string; sha256: string; size: number } }] }>(
      owner, 'query ($id: ID!) { _entities(representations: [{ __typename: "Envelope", id: $id }]) { ... on Envelope { sealedVersion { id kind sha256 size pageCount pages(count: 1) { number text } content { producer } envelope { id } } } } }', { id: envelope.envelopeId });
    expect(seen.sealedVersion).toMatchObject({ kind: 'SEALED', pageCount: 4, pages: [{ number: 1, text: expect.stringContaining('Hello') }], envelope: { id: envelope.envelopeId } });
    const told = (await docs.graph.said(documentVersionAdded)).filter(({ subject }) => subject === documentId);
    const { id: versionId, sha256, size } = seen.sealedVersion;
    expect(told.map(({ data }) => data)).toEqual([{ documentId, versionId, kind: 'SEALED', sha256, size, envelopeId: envelope.envelopeId }]);
  });

  test('stays when the document is deleted', async () => {
    const envelope = anEnvelope();
    await envelope.send();
    await envelope.complete();
    await docs.ask(owner, 'mutation ($id: ID!) { deleteDocument(input: { id: $id }) { __typename } }', { id: documentId });
    const ofMember = (await docs.ask<{ document: { versions: { edges: { node: { kind: string; download: { url: string } } }[] } } }>(owner, 'query ($id: ID!) { document(id: $id) { state versions { edges { node { kind download { url } } } } } }', { id: documentId })).document;
    expect(ofMember).toMatchObject({ state: 'DELETED', versions: { edges: [{ node: { kind: 'SEALED' } }] } });
    expect(await status(ofMember.versions.edges[0]!.node.download.url)).toBe(200);
    expect((await look(envelope.guest))!.versions.edges).toHaveLength(3);
  });
});

describe('deleting', () => {
  const DELETE = 'mutation ($id: ID!) { deleteDocument(input: { id: $id }) { __typename ... on DocumentInUseError { message envelopes { id } } } }';
  test('is refused while an envelope in progress uses the document, and possible after', async () => {
    const envelope = anEnvelope();
    await envelope.send();
    expect(await docs.ask(owner, DELETE, { id: documentId })).toEqual({ deleteDocument: { __typename: 'DocumentInUseError', message: expect.stringContaining('Void the envelope'), envelopes: [{ id: envelope.envelopeId }] } });
    await envelope.void();
    expect(await docs.ask(owner, DELETE, { id: documentId })).toEqual({ deleteDocument: { __typename: 'DeleteDocumentSuccess' } });
  });

  test('that came before the news of the sending takes nothing from those who are asked to sign', async () => {
    const envelope = anEnvelope();
    await docs.ask(owner, DELETE, { id: documentId });
    await envelope.send();
    expect(await status((await look(envelope.guest))!.download.url)).toBe(200);
  });
});

test('sealed versions of many envelopes cost one query', async () => {
  const envelopes = [anEnvelope(), anEnvelope(), anEnvelope()];
  for (const each of envelopes) await each.complete();
  const ask = () => docs.ask(owner, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Envelope { sealedVersion { sha256 } } } }', { r: envelopes.map(({ envelopeId }) => ({ __typename: 'Envelope', id: envelopeId })) });
  expect(await docs.graph.countQueries(ask)).toBe(1);
});
