/** What this subgraph can do. */
export { analyze } from './analyze.ts';
export { forgetDocument, noteDocument } from './keep-documents.ts';
export { listAnalyses, listAnalysesOf } from './list-analyses.ts';
export { requestAnalysis } from './request-analysis.ts';
export { retryAnalysis } from './retry-analysis.ts';
