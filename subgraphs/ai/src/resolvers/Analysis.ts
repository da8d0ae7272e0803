import type { AnalysisResolvers } from './../__generated__/types.ts';
import { modelOf } from '../domain/model.ts';
import { fieldOf } from '../domain/result.ts';

export const Analysis: AnalysisResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.analysis.load(id),
  document: ({ documentId }) => ({ id: documentId }),
  model: ({ model, modelVersion }) => modelOf(model, modelVersion),
  requestedBy: ({ requestedById }) => ({ id: requestedById }),
  statistics: ({ result }) => fieldOf(result, 'statistics'),
  keyTerms: ({ result }) => fieldOf(result, 'keyTerms'),
  findings: ({ result }) => fieldOf(result, 'findings'),
  findingsOmitted: ({ result }) => fieldOf(result, 'findingsOmitted'),
};
