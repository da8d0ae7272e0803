import { common, nothing, own, type Table } from './probe.ts';

export const ai: Table = {
  'Query.analyses': own(),
  'Query.analysis': nothing(({ analysisId: id }) => ({ id })),
  'Query.analysisModels': common(),
  'Mutation.requestAnalysis': nothing(({ documentId }) => ({ input: { documentId, kind: 'KEY_TERMS', idempotencyKey: 'probe' } }), 'UnknownDocumentError'),
  'Mutation.retryAnalysis': nothing(({ analysisId: id }) => ({ input: { id } })),
};
