import { FileStoreError } from '@buffrsign/files';
import { z } from 'zod';
import type { Analysis } from '../__generated__/prisma/client.ts';
import type { JobTools } from '../context.ts';
import { statusesBefore } from '../domain/analysis.ts';
import { readText, rulesModel } from '../domain/model.ts';
import type { Result } from '../domain/result.ts';
import { analysisCompleted, analysisFailed } from '../events.ts';

const pagesModel = z.array(z.string());

const sayOf = ({ id, organizationId, documentId, kind, model, modelVersion, requestedById }: Analysis) =>
  [{ subject: id, organizationId }, { analysisId: id, documentId, kind, model, modelVersion, requestedBy: requestedById }] as const;

const begin = async ({ db, now }: JobTools, id: string): Promise<Analysis | undefined> => {
  const [begun] = await db.analysis.updateManyAndReturn({ where: { id, status: { in: statusesBefore('begin') } }, data: { status: 'PROCESSING', modelVersion: rulesModel.version, startedAt: now() } });
  return begun;
};

const complete = ({ transaction }: JobTools, id: string, result: Result): Promise<void> =>
  transaction(async (tx) => {
    const [done] = await tx.db.analysis.updateManyAndReturn({ where: { id, status: { in: statusesBefore('complete') } }, data: { status: 'COMPLETED', result, endedAt: tx.now } });
    if (done) await tx.publish(analysisCompleted, ...sayOf(done));
  });

const fail = ({ transaction }: JobTools, id: string, failure: string): Promise<void> =>
  transaction(async (tx) => {
    const [failed] = await tx.db.analysis.updateManyAndReturn({ where: { id, status: { in: statusesBefore('fail') } }, data: { status: 'FAILED', failure, endedAt: tx.now } });
    if (!failed) return;
    const [about, data] = sayOf(failed);
    await tx.publish(analysisFailed, about, { ...data, failure });
  });

/** What to tell whoever asked when the text cannot be read; undefined when waiting may help. */
const failureOf = (error: unknown, last: boolean): string | undefined => {
  if (error instanceof FileStoreError && error.code === 'FILE_NOT_FOUND') return 'The text of the document is not there any more.';
  if (error instanceof FileStoreError && error.code === 'FILE_DAMAGED') return 'The stored text of the document is damaged. Upload the document again.';
  return last ? 'The text could not be read, however often it was tried. Try again later.' : undefined;
};

/** Reads the text that an analysis is about and keeps what was found. May be called again at any point: the result is there once. */
export const analyze = async (tools: JobTools, id: string, last: boolean): Promise<void> => {
  const analysis = await begin(tools, id);
  // Done before, or gone with its document.
  if (!analysis) return;
  try {
    const text = await tools.services.files.readAll(analysis.organizationId, analysis.textSha256);
    const pages = pagesModel.parse(JSON.parse(Buffer.from(text).toString('utf8')));
    await complete(tools, id, readText(analysis.kind, pages));
  } catch (error) {
    const failure = failureOf(error, last);
    if (failure === undefined) throw error;
    tools.log.warn({ err: error, analysis: id }, 'a text could not be analysed');
    await fail(tools, id, failure);
  }
};
