import { implementTask } from '@buffrsign/kernel';
import type { DocumentTools } from '../context.ts';
import { inspectDocument } from '../use-cases/index.ts';
import { inspectDocumentTask } from './definitions.ts';

export const inspectDocumentJob = implementTask<DocumentTools>()(inspectDocumentTask, (tools, { documentId }, attempt) => inspectDocument(tools, documentId, attempt));
