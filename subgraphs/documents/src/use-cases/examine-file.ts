import { inspectPdf, type Inspection, type InspectionLimits, type Refusal } from '../pdf/index.ts';
import type { Services } from '../services.ts';
import { withLocalCopy, type StoredName } from '../stored/local-copy.ts';

/** Looks at a stored file. @throws FileStoreError; the reason of `signal` when it is aborted */
export const examineFile = ({ files }: Services, file: StoredName, limits: InspectionLimits, signal: AbortSignal | undefined): Promise<Inspection | Refusal> =>
  withLocalCopy(files, file, (path) => inspectPdf(path, limits, signal));

/** What a version has of an inspection, beside its pages. */
export const contentOf = ({ pageCount, textTruncated, title, producer, hasAcroForm, hasAttachments, hasJavaScript }: Inspection, textSha256: string) => ({
  pageCount,
  textSha256,
  textTruncated,
  title,
  producer,
  hasAcroForm,
  hasAttachments,
  hasJavaScript,
});

/** The pages of a version as rows, without their text, which lies in the file store. */
export const pageRowsOf = ({ pages }: Inspection, versionId: string) => pages.map(({ number, width, height, rotation }) => ({ versionId, number, width, height, rotation }));
