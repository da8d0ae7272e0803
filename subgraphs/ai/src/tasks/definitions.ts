import { defineTask } from '@buffrsign/kernel';
import { z } from 'zod';

/** Reads the text of a document for an analysis. */
export const analyzeDocument = defineTask('analyze-document', z.object({ analysisId: z.string() }));

/** With the queue's growing pauses, about half an hour: whoever asked waits for it. */
export const ATTEMPTS = { maxAttempts: 8 };
