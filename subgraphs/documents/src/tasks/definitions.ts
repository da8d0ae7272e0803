import { defineTask } from '@buffrsign/kernel';
import { z } from 'zod';

/** Looks at an uploaded file and settles what becomes of its document. */
export const inspectDocumentTask = defineTask('inspect-document', z.object({ documentId: z.string() }));

/** Looks at a sealed PDF, so that its pages can be shown. */
export const inspectVersionTask = defineTask('inspect-version', z.object({ versionId: z.string() }));
