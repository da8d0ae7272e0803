import { implementTask } from '@buffrsign/kernel';
import type { DocumentTools } from '../context.ts';
import { inspectVersion } from '../use-cases/index.ts';
import { inspectVersionTask } from './definitions.ts';

export const inspectVersionJob = implementTask<DocumentTools>()(inspectVersionTask, (tools, { versionId }, attempt) => inspectVersion(tools, versionId, attempt));
