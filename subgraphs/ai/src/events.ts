import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

const analysis = { analysisId: z.string(), documentId: z.string(), kind: z.string(), model: z.string(), modelVersion: z.string(), requestedBy: z.string() };

// The subject of every fact here is the analysis.

export const analysisCompleted = defineEvent({
  name: 'ai.analysis-completed.v1',
  description: 'The text of a document was read, and the result is there.',
  schema: z.object(analysis),
});

export const analysisFailed = defineEvent({
  name: 'ai.analysis-failed.v1',
  description: 'The text of a document could not be read.',
  schema: z.object({ ...analysis, failure: z.string() }),
});
