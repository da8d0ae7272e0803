import type { Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { onDocumentDeleted, onDocumentReady } from './on-document.ts';
import { onMemberChanged, onMemberJoined, onMemberLeft } from './on-member.ts';

export const handlers: readonly Handler<Work>[] = [onDocumentReady, onDocumentDeleted, onMemberJoined, onMemberChanged, onMemberLeft];
