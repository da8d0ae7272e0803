import type { Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { onEmailRequested } from './on-email-requested.ts';

export const handlers: readonly Handler<Work>[] = [onEmailRequested];
