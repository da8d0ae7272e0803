import type { AnalysisFindingResolvers } from './../__generated__/types.ts';

export const AnalysisFinding: AnalysisFindingResolvers = {};
