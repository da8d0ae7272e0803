import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { newId } from '@buffrsign/kernel';
import { until } from '@buffrsign/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INSPECTION_ATTEMPTS } from '../src/domain/verdict.ts';
import { documentReady, documentRefused } from '../src/events.ts';
import { inspectDocument } from '../src/use-cases/index.ts';
import { childrenOf } from './support/child-processes.ts';
import { corpusPdf } from './support/corpus.ts';
import { aMember, startDocuments, type Documents } from './support/documents.ts';

const owner = aMember();
let docs: Documents;
beforeAll(async () => {
  docs = await startDocuments();
});
afterAll(() => docs.stop());

const only = { number: 1, signal: undefined };
const lastOne = { number: INSPECTION_ATTEMPTS, signal: undefined };

/** A document whose file has arrived, for which no job waits: these tests are the job. */
const uploaded = async (name = 'minimal-document.pdf'): Promise<string> => {
  const { db, services } = docs.graph.tools;
  const { document } = await docs.create(owner);
  const file = await services.files.put(owner.organizationId, Readable.from([await readFile(corpusPdf(name))]), services.limits);
  await db.document.update({ where: { id: document.id }, data: { state: 'PROCESSING', ...file, uploadedAt: new Date() } });
  return document.id;
};
const rowOf = (id: string) => docs.graph.tools.db.document.findUniqueOrThrow({ where: { id } });
const toldOf = async (id: string) => [...(await docs.graph.said(documentReady)), ...(await docs.graph.said(documentRefused))].filter(({ subject }) => subject === id).map(({ type }) => type);

const inspectors = (): number[] => childrenOf(process.pid);
/** One of an earlier test may be about to end; killing that would prove nothing. */
const noInspection = () => until('earlier inspections to be over', () => inspectors().length === 0);
const killInspector = async (): Promise<void> => {
  const [pid] = await until('an inspection to begin', () => inspectors().length > 0 && inspectors());
  process.kill(pid!, 'SIGKILL');
};

describe('an inspection', () => {
  test('that runs twice at once settles the document once', async () => {
    const id = await uploaded();
    await Promise.all([inspectDocument(docs.graph.tools, id, only), inspectDocument(docs.graph.tools, id, only)]);
    expect(await rowOf(id)).toMatchObject({ state: 'READY' });
    expect(await toldOf(id)).toEqual([documentReady.name]);
    expect(await docs.graph.tools.db.documentVersion.count({ where: { documentId: id } })).toBe(2);
  });

  test('that is stopped with its process leaves the document as it was, and the next one settles it', async () => {
    const id = await uploaded();
    const stopping = new AbortController();
    const stopped = inspectDocument(docs.graph.tools, id, { number: 1, signal: stopping.signal });
    await until('the inspection to begin', () => inspectors().length > 0);
    stopping.abort();
    await expect(stopped).rejects.toThrow();
    expect(await rowOf(id)).toMatchObject({ state: 'PROCESSING' });
    expect(await toldOf(id)).toEqual([]);

    await inspectDocument(docs.graph.tools, id, { number: 2, signal: undefined });
    expect(await toldOf(id)).toEqual([documentReady.name]);
  });

  test('whose process is killed is tried again by the queue, until it succeeds', async () => {
    const { document, upload } = await docs.create(owner);
    const bytes = new Uint8Array(await readFile(corpusPdf('multicolumn.pdf')));
    await noInspection();
    await Promise.all([docs.put(upload!.url, bytes), killInspector()]);
    await until('the attempt to fail', async () => {
      const jobs = await docs.graph.tools.db.$queryRaw<unknown[]>`select 1 from graphile_worker.jobs where key = ${`inspect-document:${document.id}`} and attempts = 1 and last_error like '%could not be inspected%'`;
      return jobs.length > 0;
    });
    expect(await rowOf(document.id)).toMatchObject({ state: 'PROCESSING' });
    expect(await docs.settled(document.id)).toMatchObject({ state: 'READY' });
    expect(await toldOf(document.id)).toEqual([documentReady.name]);
  });

  test('that is killed again and again refuses the document in the end', async () => {
    const id = await uploaded();
    await noInspection();
    await Promise.all([inspectDocument(docs.graph.tools, id, lastOne), killInspector()]);
    expect(await rowOf(id)).toMatchObject({ state: 'REFUSED', refusalCode: 'TOO_COMPLEX', refusalMessage: expect.stringContaining('Print it to a new PDF') });
    expect(await toldOf(id)).toEqual([documentRefused.name]);
  });

  test('of a file that is lost is tried again, then refuses the document', async () => {
    const id = await uploaded('habibi.pdf');
    const { sha256 } = await rowOf(id);
    await docs.graph.tools.services.files.delete(owner.organizationId, sha256!);
    await expect(inspectDocument(docs.graph.tools, id, only)).rejects.toThrow('could not be inspected');
    expect(await rowOf(id)).toMatchObject({ state: 'PROCESSING' });
    await inspectDocument(docs.graph.tools, id, lastOne);
    expect(await rowOf(id)).toMatchObject({ state: 'REFUSED', refusalCode: 'UNREADABLE', refusalMessage: expect.stringContaining('Upload the document again') });
  });

  test('does not bring back a document that was deleted meanwhile', async () => {
    const id = await uploaded();
    const inspecting = inspectDocument(docs.graph.tools, id, only);
    await until('the inspection to begin', () => inspectors().length > 0);
    await docs.ask(owner, 'mutation ($id: ID!) { deleteDocument(input: { id: $id }) { __typename } }', { id });
    await inspecting;
    expect(await rowOf(id)).toMatchObject({ state: 'DELETED', readyAt: null });
    expect(await toldOf(id)).toEqual([]);
  });

  test('of a document that nobody knows does nothing', async () => {
    await expect(inspectDocument(docs.graph.tools, newId('doc'), only)).resolves.toBeUndefined();
  });
});
