import type { Task } from '@buffrsign/kernel';
import type { DocumentTools } from '../context.ts';
import { inspectDocumentJob } from './inspect-document.ts';
import { inspectVersionJob } from './inspect-version.ts';

export const tasks: readonly Task<DocumentTools>[] = [inspectDocumentJob, inspectVersionJob];
