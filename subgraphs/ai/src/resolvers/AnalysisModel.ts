import type { AnalysisModelResolvers } from './../__generated__/types.ts';

export const AnalysisModel: AnalysisModelResolvers = {};
