import { createReadStream } from 'node:fs';
import type { StoredFile } from '@buffrsign/files';
import { inspectPdf, MAX_GROWTH, preparePdf, type Inspection, type InspectionLimits, type Preparation, type Refusal } from '../pdf/index.ts';
import type { Services } from '../services.ts';
import { withLocalCopy, type StoredName } from '../stored/local-copy.ts';

/** Looks at a stored file. @throws FileStoreError; the reason of `signal` when it is aborted */
export const examineFile = ({ files }: Services, file: StoredName, limits: InspectionLimits, signal: AbortSignal | undefined): Promise<Inspection | Refusal> =>
  withLocalCopy(files, file, (path) => inspectPdf(path, limits, signal));

/** A preparation, with where the file that is signed lies in the store. */
export interface PreparedFile {
  readonly ok: true;
  readonly preparation: Preparation;
  readonly file: StoredFile;
}

/**
 * Prepares an uploaded file and keeps what came of it. Ended in between, a file lies in the store that nobody asks for.
 *
 * @throws FileStoreError; the reason of `signal` when it is aborted
 */
export const prepareFile = ({ files, limits }: Services, upload: StoredName & StoredFile, password: string | undefined, signal: AbortSignal | undefined): Promise<PreparedFile | Refusal> =>
  withLocalCopy(files, upload, async (path) => {
    const output = `${path}.prepared`;
    const preparation = await preparePdf(path, { output, password, limits, signal });
    if (!preparation.ok) return preparation;
    const { sha256, size } = preparation.rewritten ? await files.put(upload.organizationId, createReadStream(output), { maxBytes: MAX_GROWTH * limits.maxBytes }) : upload;
    return { ok: true, preparation, file: { sha256, size } };
  });

/** What a version has of an inspection, beside its pages. */
export const contentOf = ({ pageCount, textTruncated, title, producer, hasAcroForm, hasAttachments, hasJavaScript, hasOptionalContent, hasSignatures }: Inspection, textSha256: string) => ({
  pageCount,
  textSha256,
  textTruncated,
  title,
  producer,
  hasAcroForm,
  hasAttachments,
  hasJavaScript,
  hasOptionalContent,
  signed: hasSignatures,
});

/** The pages of a version as rows, without their text, which lies in the file store. */
export const pageRowsOf = ({ pages }: Inspection, versionId: string) => pages.map(({ number, width, height, rotation }) => ({ versionId, number, width, height, rotation }));
