import { implementTask } from '@buffrsign/kernel';
import type { JobTools } from '../context.ts';
import * as useCases from '../use-cases/index.ts';
import { analyzeDocument } from './definitions.ts';

export const tasks = [implementTask<JobTools>()(analyzeDocument, (tools, { analysisId }, { last }) => useCases.analyze(tools, analysisId, last))];
